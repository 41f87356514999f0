// The kiosk stays on one page and takes over each next screen as a fragment: the browser keeps no
// history, so neither Back nor reload shows what somebody wrote before. A cut line loses nothing.
import { startHeartbeat } from "./heartbeat.js";
import { keepClock } from "./kiosk_clock.js";
import { forget, watchIdleness } from "./kiosk_idle.js";
import { printOnce, printAgain } from "./kiosk_paper.js";
import { offerReading, stopReading } from "./kiosk_voice.js";
import { watch } from "./live.js";
import { contentOf, fetchPage, inOrder, takePart } from "./page.js";

const body = document.body;
const home = body.dataset.home;
const ASK_AGAIN = 2000;
// Longer than a printer takes; pressing again gives the same number.
const PATIENCE = 30_000;
// Nobody waits for the first screen, and it is asked for until it comes.
const PATIENCE_FOR_HOME = 5000;
const ask = inOrder();
let busy = false;
let asking = 0;
// Somebody's words or number are gone from the screen, and the first screen has not come yet.
let left = false;

async function go(address, options) {
  if (busy) return;
  busy = true;
  tell("[data-failed]", true);
  try {
    const { page, status, url } = await fetchPage(address, { patience: PATIENCE, ...options });
    // Who pressed has gone meanwhile: the answer is for nobody.
    if (left && address !== home) return;
    if (page.body.classList.contains("kiosk")) show(page, url);
    // The program failed: what was written is still here, and can be sent again.
    else if (status >= 400) tellFailure();
    // Any other page that is none of ours: the right was withdrawn.
    else location.replace(home);
  } catch {
    tellLine(false);
    awaitLine();
  } finally {
    busy = false;
    if (left) setTimeout(leave, ASK_AGAIN);
  }
}

/** Nobody stands here any more: what is personal goes at once, and home comes as soon as there is a line. */
function leave() {
  if (!left) forget();
  left = true;
  go(home, { patience: PATIENCE_FOR_HOME });
}

function show(page, url) {
  left = false;
  keepChoice(new URL(url).search);
  stopReading();
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.documentElement.className = page.documentElement.className;
  for (const name of Object.keys(body.dataset)) delete body.dataset[name];
  Object.assign(body.dataset, page.body.dataset);
  body.className = page.body.className;
  body.innerHTML = page.body.innerHTML;
  scrollTo(0, 0);
  arrive();
}

/** Language and letters travel in the address; the first screen freshens itself, and reloads, with them. */
function keepChoice(search) {
  history.replaceState(null, "", home + search);
}

function arrive() {
  (document.querySelector("[data-error-summary]") || document.getElementById("main")).focus({ preventScroll: true });
  offerReading();
  idleness.restart();
  keepClock();
  printOnce();
}

function tellLine(alive) {
  // An empty screen without a word would look broken.
  tell("[data-offline]", alive && !left);
}

function tellFailure() {
  if (left) tellLine(false);
  else tell("[data-failed]", false);
}

function tell(notice, hidden) {
  for (const place of document.querySelectorAll(notice)) {
    place.hidden = hidden;
    if (!hidden) place.scrollIntoView({ block: "nearest" });
  }
}

/** A press found no line although the stream has not noticed yet: ask until it is back. */
function awaitLine() {
  clearTimeout(asking);
  asking = setTimeout(() => fetchPage("/healthz").then(() => tellLine(true), awaitLine), ASK_AGAIN);
}

async function freshen() {
  if (!body.classList.contains("kiosk--welcome") || busy) return;
  const address = location.href;
  const { page } = (await ask(address).catch(() => null)) ?? {};
  // Somebody went on meanwhile, or chose another language.
  if (!page || !body.classList.contains("kiosk--welcome") || address !== location.href) return;
  takePart(page, "welcome");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (event.target.closest("[data-print-again]")) printAgain();
  if (!link || link.hash) return;
  event.preventDefault();
  go(link.href);
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const { target: form, submitter } = event;
  go(submitter?.getAttribute("formaction") || form.action, { method: "POST", body: contentOf(form, submitter) });
});

// A page that the browser kept would show what the person before wrote.
addEventListener("pageshow", (event) => event.persisted && location.replace(home));

keepChoice(location.search);
const idleness = watchIdleness({ leave });
arrive();
watch({ topics: ["hall"], version: Number(body.dataset.version) || {}, onChange: freshen, onLine: tellLine });
setInterval(keepClock, 5000);
// Opening and closing times come without any event.
setInterval(freshen, 60_000);
startHeartbeat(body.dataset.beat);
