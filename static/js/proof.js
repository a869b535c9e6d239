// Does the work that a page asks for before it takes a response (altcha's PBKDF2 challenge): shows how far it is, can be
// stopped, and sends the form by itself. Without JavaScript, or Web Crypto, the form's own button sends it to moderators.

const form = document.querySelector(".proof");
const panel = form.querySelector(".proof-work");
const status = panel.querySelector("[role=status]");
const bar = panel.querySelector("progress");
const button = panel.querySelector("button");
const { parameters, signature, mostTries } = JSON.parse(form.dataset.challenge);
const stop = button.textContent;

// Web Crypto works beside this thread, on as many cores as it is given work for.
const atOnce = Math.min(navigator.hardwareConcurrency || 2, 8);
let tried = 0;
let working = false;

function bytes(hex) {
  return Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
}

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const nonce = bytes(parameters.nonce);
const salt = bytes(parameters.salt);

async function derive(counter) {
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: parameters.cost };
  return { counter, derivedKey: hex(await crypto.subtle.deriveBits(how, key, parameters.keyLength * 8)) };
}

// Resolves to the solution, or to nothing where the reader has stopped it.
async function solve() {
  while (working && tried < mostTries) {
    const keys = await Promise.all(Array.from({ length: atOnce }, (_none, place) => derive(tried + place)));
    const solution = keys.find(({ derivedKey }) => derivedKey.startsWith(parameters.keyPrefix));
    if (solution) return solution;
    tried += atOnce;
    bar.value = tried / mostTries;
  }
  if (working) throw new Error("The challenge has no solution.");
}

function send(solution) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "proof" });
  field.value = btoa(JSON.stringify({ challenge: { parameters, signature }, solution }));
  form.append(field);
  bar.value = 1;
  status.textContent = status.dataset.sending;
  button.disabled = true;
  form.submit();
}

async function work() {
  working = true;
  button.textContent = stop;
  status.textContent = status.dataset.working;
  try {
    const solution = await solve();
    if (solution && working) send(solution);
  } catch {
    working = false;
    status.textContent = status.dataset.failed;
    bar.remove();
    button.remove();
  }
}

button.addEventListener("click", () => {
  if (!working) return work();
  working = false;
  button.textContent = button.dataset.restart;
  status.textContent = status.dataset.stopped;
});

// Whoever sends it to the moderators need not wait for the calculation, nor send it twice.
form.addEventListener("submit", () => { working = false; });

if (window.crypto?.subtle) {
  panel.hidden = false;
  work();
}
