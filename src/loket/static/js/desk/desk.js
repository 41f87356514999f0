// The desk without reloads: a press is sent, its answer taken over part by part. Without this script
// every button works as a plain form.

import { listenForLibrary } from "../library_panel.js";
import { watch } from "../live.js";
import { contentOf, inOrder, leadsAway, NotConnected, takeToken } from "../page.js";
import { restartClocks, startClocks } from "./clock.js";
import { changed, forgetDraft, hasUnsaved, listenForWriting, saveDraft } from "./draft.js";
import { failureNotice } from "./failure.js";
import { listenForKeys } from "./keys.js";
import { fillRow, listenForRows, showDrops } from "./rows.js";

const PATIENCE = 30_000;
const PARTS = ["notices", "waiting", "next", "record", "queue", "toast"];
const desk = document.querySelector("[data-desk]");
const offline = document.querySelector("[data-offline]");
const failure = failureNotice();
const ask = inOrder();
let busy = false;
// Something changed while a press was under way.
let missed = false;

document.addEventListener("submit", onSubmit);
listenForKeys();
listenForRows(desk, changed);
listenForWriting(desk, showLine);
listenForLibrary({ onInsert: (material) => changed(fillRow("given", material).closest("form")) });
showDrops(desk);
startClocks();
watch({
  topics: ["hall", "devices"],
  version: { hall: Number(desk.dataset.version) },
  onChange: refresh,
  onLine: (alive) => {
    showLine(alive);
    if (alive) saveDraft();
  },
});
// Whoever signed in again in another window comes back to this one.
addEventListener("focus", refresh);
// Minutes of waiting grow without anything happening in the hall.
setInterval(refresh, 30_000);

async function onSubmit(event) {
  const form = event.target.closest("[data-press]");
  if (!form) return;
  event.preventDefault();
  // The same press twice is one press.
  if (busy) return;
  busy = true;
  const button = event.submitter;
  button?.setAttribute("aria-busy", "true");
  try {
    await send(form, button);
  } catch (error) {
    if (!(error instanceof NotConnected)) throw error;
    showLine(false);
  } finally {
    busy = false;
    button?.removeAttribute("aria-busy");
    if (missed) refresh();
  }
}

async function send(form, button) {
  const isNote = "draft" in form.dataset;
  const content = contentOf(form, button);
  if (isNote) {
    // A save under way would make this window's version look old.
    await saveDraft(form);
    content.set("version", form.elements.version.value);
  } else if (hasUnsaved()) {
    await saveDraft();
  }
  const answer = await ask(form.action, { method: "POST", body: content, patience: PATIENCE });
  // An answer at the address of the press is no page to go on to.
  const goesOn = new URL(answer.url).pathname !== new URL(form.action).pathname;
  if (!failure.pressed(isOurs(answer) || (goesOn && !isNote && !hasUnsaved()), answer)) return;
  if (new URL(answer.url).pathname !== location.pathname && !isNote) {
    forgetDraft();
    location.assign(answer.url);
    return;
  }
  showLine(true);
  if (isNote) forgetDraft();
  take(answer.page, { pressed: true });
}

async function refresh() {
  missed = busy;
  if (busy) return;
  try {
    const answer = await ask(location.href, { patience: PATIENCE });
    if (answer && hasUnsaved() && !isOurs(answer)) failure.refreshed(false);
    else if (answer && !leadsAway(answer) && answer.status === 200 && !busy) take(answer.page, { pressed: false });
    showLine(true);
  } catch (error) {
    if (!(error instanceof NotConnected)) throw error;
    showLine(false);
  }
}

/** Signed out, or the program failed: the answer is another page, and words that are here are nowhere else. */
function isOurs({ page }) {
  return Boolean(page.querySelector("[data-desk]"));
}

function showLine(alive) {
  offline.hidden = alive;
}

function take(page, { pressed }) {
  const before = noteKey(document);
  if (!pressed) failure.refreshed();
  takeToken(page);
  for (const name of PARTS) {
    // A refresh brings no messages, and must not wipe away what was not read yet.
    if (name === "notices" && !pressed) continue;
    // Somebody is writing here: the words on the screen are newer than those of the server.
    if (name === "record" && keepNote(page, pressed)) continue;
    takeOver(name, page, pressed);
  }
  document.title = page.title;
  showDrops(desk);
  restartClocks();
  if (pressed) settleFocus(before);
}

/** Unsaved words stay, and so does the place of somebody who writes; unless the server has newer ones. */
function keepNote(page, pressed) {
  const ours = document.querySelector("[data-note]");
  const theirs = page.querySelector("[data-note]");
  if (!ours || ours.dataset.note !== theirs?.dataset.note || theirs.querySelector("[aria-invalid]")) return false;
  const writing = ours.contains(document.activeElement) && !pressed;
  return hasUnsaved() || (writing && ours.elements.version.value === theirs.elements.version.value);
}

function noteKey(place) {
  return place.querySelector("[data-note]")?.dataset.note;
}

function takeOver(name, page, pressed) {
  const ours = document.querySelector(`[data-part="${name}"]`);
  const theirs = page.querySelector(`[data-part="${name}"]`);
  if (!ours || !theirs) return;
  const open = [...ours.querySelectorAll("details[open][data-keep]")];
  // A fold with half-written words is not taken away from under the officer's hands.
  if (!pressed && ours.contains(document.activeElement) && open.some((fold) => fold.contains(document.activeElement)))
    return;
  if (ours.innerHTML === theirs.innerHTML) return;
  const focused = ours.contains(document.activeElement) ? nameOf(document.activeElement) : undefined;
  ours.innerHTML = theirs.innerHTML;
  if (!pressed)
    for (const fold of open) ours.querySelector(`[data-keep="${fold.dataset.keep}"]`)?.setAttribute("open", "");
  if (focused) ours.querySelector(focused)?.focus();
}

function nameOf(element) {
  if (element.dataset.key) return `[data-key="${element.dataset.key}"]`;
  return element.id ? `#${CSS.escape(element.id)}` : undefined;
}

/** After a press the focus goes where the work goes on, so that nothing is lost to a mouse. */
function settleFocus(before) {
  const wrong = document.querySelector("[data-note] [aria-invalid]");
  if (wrong) return wrong.focus();
  const started = noteKey(document) && noteKey(document) !== before && document.querySelector('[data-key="e"]');
  if (started) return document.querySelector("[data-row] input")?.focus();
  if (document.activeElement === document.body)
    document.querySelector('[data-key="m"], [data-key="n"], [data-key="b"]')?.focus();
}
