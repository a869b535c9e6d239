// The report's charts: columns of views and of clicks, a week each. The table beside them holds the same figures.
// They take colours and type from the stylesheet, and are drawn anew when the theme changes or the page is printed.

const { Chart } = window;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

class SponsorReport extends HTMLElement {
  connectedCallback() {
    this.data = JSON.parse(document.getElementById(this.dataset.source).textContent);
    this.hidden = false;
    this.draw(!calm.matches);
    dark.addEventListener("change", this);
    addEventListener("beforeprint", this);
    addEventListener("afterprint", this);
  }

  disconnectedCallback() {
    this.clear();
    dark.removeEventListener("change", this);
    removeEventListener("beforeprint", this);
    removeEventListener("afterprint", this);
  }

  handleEvent(event) {
    if (event.type !== "change") this.toggleAttribute("data-prints", event.type === "beforeprint");
    this.clear();
    this.draw(false);
  }

  clear() {
    this.charts.forEach((chart) => chart.destroy());
  }

  draw(moves) {
    const options = { maintainAspectRatio: false, ...(!moves && { animation: false }), ...this.look() };
    this.charts = [...this.querySelectorAll("canvas")].map(
      (canvas) => new Chart(canvas, { type: "bar", data: this.columns(canvas), options }),
    );
  }

  columns(canvas) {
    const columns = {
      label: canvas.closest("figure").querySelector("figcaption").textContent,
      data: this.data[canvas.dataset.series],
      // The stylesheet names the columns' colour as that of the outline, and the lines' as that of the border.
      backgroundColor: getComputedStyle(this).outlineColor,
      maxBarThickness: 36,
    };
    return { labels: this.data.weeks, datasets: [columns] };
  }

  look() {
    const { color, borderTopColor, fontFamily } = getComputedStyle(this);
    const ticks = { color, font: { family: fontFamily, size: 12 } };
    return {
      plugins: { legend: { display: false }, tooltip: { displayColors: false } },
      scales: {
        x: {
          ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 24 },
          grid: { display: false },
          border: { color: borderTopColor },
        },
        y: {
          ticks: { ...ticks, precision: 0, maxTicksLimit: 6 },
          grid: { color: borderTopColor },
          border: { display: false },
          beginAtZero: true,
          // Both charts begin at one line.
          afterFit: (axis) => (axis.width = Math.max(axis.width, 52)),
        },
      },
    };
  }
}

if (Chart) customElements.define("sponsor-report", SponsorReport);
