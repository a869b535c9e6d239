// The report's charts: columns of views and of clicks, a week each. The table beside them holds the same figures.
// They take colours and type from the stylesheet, and follow it when the theme changes or the page is printed.

const { Chart } = window;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

class SponsorReport extends HTMLElement {
  connectedCallback() {
    this.data = JSON.parse(document.getElementById(this.dataset.source).textContent);
    this.hidden = false;
    this.charts = [...this.querySelectorAll("canvas")].map((canvas) => this.draw(canvas));
    dark.addEventListener("change", this);
    addEventListener("beforeprint", this);
    addEventListener("afterprint", this);
  }

  disconnectedCallback() {
    this.charts.forEach((chart) => chart.destroy());
    dark.removeEventListener("change", this);
    removeEventListener("beforeprint", this);
    removeEventListener("afterprint", this);
  }

  handleEvent(event) {
    if (event.type !== "change") this.toggleAttribute("data-prints", event.type === "beforeprint");
    for (const chart of this.charts) {
      Object.assign(chart.options, this.look());
      chart.data.datasets[0].backgroundColor = this.ink();
      chart.resize();
      chart.update("none");
    }
  }

  draw(canvas) {
    const columns = {
      label: canvas.closest("figure").querySelector("figcaption").textContent,
      data: this.data[canvas.dataset.series],
      backgroundColor: this.ink(),
      maxBarThickness: 36,
    };
    return new Chart(canvas, {
      type: "bar",
      data: { labels: this.data.weeks, datasets: [columns] },
      options: { maintainAspectRatio: false, ...(calm.matches && { animation: false }), ...this.look() },
    });
  }

  // The stylesheet names the columns' colour as that of the outline, and the lines' as that of the border.
  ink() {
    return getComputedStyle(this).outlineColor;
  }

  look() {
    const { color, borderTopColor, fontFamily } = getComputedStyle(this);
    const ticks = { color, font: { family: fontFamily, size: 12 } };
    return {
      plugins: { legend: { display: false }, tooltip: { displayColors: false } },
      scales: {
        x: { ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 24 }, grid: { display: false }, border: { color: borderTopColor } },
        y: { ticks: { ...ticks, precision: 0, maxTicksLimit: 6 }, grid: { color: borderTopColor }, border: { display: false }, beginAtZero: true },
      },
    };
  }
}

if (Chart) customElements.define("sponsor-report", SponsorReport);
