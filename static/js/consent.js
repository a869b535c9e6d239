// Asks for the reader's consent, shows the preference centre as a dialog, and has embeds and scripts of other sites wait.
// Pages are the same for everyone: what this reader has chosen stands in the cookie that the server sets.

const root = document.querySelector(".consent");
const banner = root.querySelector(".consent-banner");
const status = root.querySelector(".consent-status");
const { url, version } = root.dataset;
const services = JSON.parse(root.dataset.services).map(([token, basis, script]) => ({
  token, basis, script, slug: token.split("_")[1],
}));
const refusesBySignal = navigator.globalPrivacyControl;

const SANDBOX =
  "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms allow-presentation";

// What may become the address of a script, in browsers that ask.
const policy = window.trustedTypes?.createPolicy("consent", {
  createScriptURL: (address) => (services.some(({ script }) => script === address) ? address : ""),
});

function readChoice() {
  const cookie = /(?:^|; )consent=([^;]+)/.exec(document.cookie)?.[1] ?? "";
  const [number, asked = [], granted = [], objected = []] = cookie.split(":").map((part) => part.split("."));
  // Of an answer to other questions only the objections count.
  return number[0] === version ? { asked, granted, objected } : { asked: [], granted: [], objected };
}

function allows({ token, basis, slug }, choice) {
  if (basis === "consent") return choice.asked.includes(token) && choice.granted.includes(slug);
  return basis !== "exempt" || !objects(slug, choice);
}

function objects(slug, { asked, granted, objected }) {
  if (objected.includes(slug) || asked.includes(`_${slug}`)) return objected.includes(slug);
  // Who refused it while it needed consent objects to it now.
  return asked.some((token) => token.endsWith(`_${slug}`)) ? !granted.includes(slug) : refusesBySignal;
}

function obey(takesBack) {
  const choice = readChoice();
  const allowed = services.filter((service) => allows(service, choice));
  // What runs cannot be stopped, only not be started again.
  if (services.some((service) => service.runs && !allowed.includes(service))) location.reload();
  allowed.forEach(run);
  for (const embed of document.querySelectorAll("[data-frame]")) {
    if (allowed.some(({ slug }) => slug === embed.dataset.service)) load(embed, "lazy");
    else if (takesBack) unload(embed);
  }
  const isAnswered = services.every(({ basis, token }) => basis !== "consent" || choice.asked.includes(token));
  if (banner) banner.hidden = refusesBySignal || isAnswered;
}

function run(service) {
  if (!service.script || service.runs) return;
  service.runs = true;
  const script = document.createElement("script");
  script.src = policy?.createScriptURL(service.script) ?? service.script;
  document.head.append(script);
}

function load(embed, loading) {
  const stage = embed.querySelector(".embed-stage");
  let frame = stage.querySelector("iframe");
  if (frame) return frame;
  frame = document.createElement("iframe");
  const { frame: src, title } = embed.dataset;
  const referrerPolicy = "strict-origin-when-cross-origin";
  Object.assign(frame, { title, loading, referrerPolicy, sandbox: SANDBOX, allow: "fullscreen", src });
  for (const placeholder of stage.children) placeholder.hidden = true;
  stage.append(frame);
  return frame;
}

function unload(embed) {
  const stage = embed.querySelector(".embed-stage");
  stage.querySelector("iframe")?.remove();
  for (const placeholder of stage.children) placeholder.hidden = false;
}

// Resolves to the preference centre's page, after it has taken the data where there are any. Not fetch: that returns
// text, and to make a document of text is what Trusted Types forbid.
function ask(data) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(data ? "POST" : "GET", url);
    request.responseType = "document";
    request.onload = () => (request.status === 200 ? resolve(request.response) : reject());
    request.onerror = reject;
    request.send(data && new URLSearchParams(data));
  });
}

async function save(data, takesBack) {
  status.textContent = "";
  const page = await ask(data);
  document.querySelector("dialog[open]")?.close();
  const hadFocus = banner?.contains(document.activeElement);
  obey(takesBack);
  // Also where the browser keeps no cookie, which the status says.
  if (banner && takesBack) banner.hidden = true;
  if (hadFocus) document.querySelector("main").focus({ preventScroll: true });
  status.textContent = page.querySelector("[role='status']")?.textContent;
}

async function openCentre(link) {
  const page = await ask();
  if (document.querySelector("dialog[open]")) return;
  const dialog = document.createElement("dialog");
  dialog.className = "consent-dialog";
  dialog.setAttribute("aria-labelledby", "preferences-heading");
  dialog.append(page.querySelector(".preferences"));
  dialog.querySelector("[name='from']").value = "centre";
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("#preferences-heading").focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-load]");
  const link = event.target.closest(`a[href="${url}"]`);
  if (button) {
    const embed = button.closest("[data-frame]");
    load(embed, "eager").focus();
    const allowance = { choice: "allow", service: embed.dataset.service, from: "embed" };
    // Where it cannot be saved, it has been loaded once.
    if (button.dataset.load === "always") save(allowance).catch(() => {});
  } else if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    openCentre(link).catch(() => location.assign(url));
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("action") !== url) return;
  event.preventDefault();
  const data = new FormData(form);
  data.set("choice", event.submitter.value);
  save(data, true).catch(() => {
    // As without this script. The button that was pressed is not sent again by itself.
    const choice = document.createElement("input");
    Object.assign(choice, { type: "hidden", name: "choice", value: data.get("choice") });
    form.append(choice);
    form.submit();
  });
});

// The page leaves room for the banner, so that it hides neither the last lines nor what has the focus.
if (banner) {
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--banner", `${banner.offsetHeight}px`);
  }).observe(banner);
}

// After the page has loaded, when screen readers listen for what is new; and when it comes back from the history,
// where the choice may have been another.
addEventListener("pageshow", () => obey(true));
