// One consultation: the composer that loses no word, the conversation that stays fresh, and who else is here.

import { watch } from "../live.js";
import { listenForLibrary } from "../library_panel.js";
import { fetchPage, inOrder, NotConnected, takeToken } from "../page.js";
import { changed, forgetDraft, listenForWriting, saveDraft } from "./draft.js";
import { failureNotice } from "./failure.js";
import { listenForKeys } from "./keys.js";
import { listenForFiles } from "./files.js";
import { listenForPhrases } from "./phrases.js";
import { attend } from "./presence.js";

const work = document.querySelector("[data-thread]");
const offline = document.querySelector("[data-offline]");
const failure = failureNotice();
const topic = `thread-${work.dataset.thread}`;
const ask = inOrder();
let busy = false;
// Something changed while a message was being sent.
let missed = false;

const showLine = (alive) => (offline.hidden = alive);
const form = () => document.querySelector("[data-compose]");

listenForKeys();
listenForWriting(work, showLine);
listenForLibrary({ onInsert: ({ title, address }) => insert(address ? `[${title}](${address})` : title) });
listenForPhrases(work, insert);
listenForFiles(work, () => changed(form()));
attend(work);
showKind();
work.addEventListener("change", (event) => event.target.name === "kind" && (showKind(), changed(form())));
work.addEventListener("click", onPreview);
work.addEventListener("submit", onSubmit);
watch({
  topics: [topic],
  version: { [topic]: Number(work.dataset.version) },
  onChange: refresh,
  onLine: (alive) => {
    showLine(alive);
    if (alive) saveDraft();
  },
});
// Whoever signed in again in another window comes back to this one.
addEventListener("focus", refresh);
setInterval(refresh, 60_000);

/** Put words where the cursor stands, or at the end. */
function insert(words) {
  const field = form().elements.text;
  const before = field.value.slice(0, field.selectionStart);
  const gap = before && !before.endsWith("\n") && !before.endsWith(" ") ? " " : "";
  field.setRangeText(gap + words, field.selectionStart, field.selectionEnd, "end");
  field.focus();
  changed(form());
}

/** Only the sentence and the button of the chosen kind. */
function showKind() {
  const kind = form()?.elements.kind?.value;
  for (const part of document.querySelectorAll(".reply [data-for]")) part.hidden = part.dataset.for !== kind;
}

async function onPreview(event) {
  const button = event.target.closest("[data-preview-at]");
  if (!button) return;
  event.preventDefault();
  const place = work.querySelector("[data-preview]");
  if (!place.hidden) {
    place.hidden = true;
    return;
  }
  const { page } = await fetchPage(button.dataset.previewAt, { method: "POST", body: new FormData(form()) });
  place.innerHTML = page.querySelector('[data-part="preview"]')?.innerHTML ?? "";
  place.hidden = false;
}

async function onSubmit(event) {
  if (event.submitter?.dataset.previewAt || !event.target.matches("[data-compose]")) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  event.submitter?.setAttribute("aria-busy", "true");
  try {
    await send(event.target);
  } catch (error) {
    if (!(error instanceof NotConnected)) throw error;
    showLine(false);
  } finally {
    busy = false;
    event.submitter?.removeAttribute("aria-busy");
    if (missed) refresh();
  }
}

async function send(written) {
  // A save under way would come after the sending and bring the draft back.
  await saveDraft(written);
  const answer = await ask(written.action, { method: "POST", body: new FormData(written) });
  // Signed out, or the program failed: the answer is another page, and the words are here alone.
  if (!failure.pressed(Boolean(answer.page.querySelector("[data-thread]")), answer)) return;
  forgetDraft();
  for (const name of ["notices", "talk", "proposal", "side", "composer", "presence"]) take(answer.page, name);
  showKind();
  showLine(true);
  (document.querySelector("[data-meanwhile]") ?? document.querySelector("[aria-invalid], [data-compose] textarea"))?.focus();
}

async function refresh() {
  missed = busy;
  if (busy) return;
  try {
    const { page, status } = (await ask(location.href)) ?? {};
    const ours = Boolean(page?.querySelector("[data-thread]"));
    if (status === 200 && !busy) failure.refreshed(ours);
    if (status === 200 && !busy && ours) {
      takeToken(page);
      for (const name of ["talk", "proposal", "side", "presence"]) take(page, name);
      beginAnew(page);
    }
    showLine(true);
  } catch (error) {
    if (!(error instanceof NotConnected)) throw error;
    showLine(false);
  }
}

/** Who begins to write now has what came before her eyes; who began earlier is shown it when she sends. */
function beginAnew(page) {
  const [ours, theirs] = [form(), page.querySelector("[data-compose]")];
  if (ours && theirs && !ours.elements.text.value.trim()) ours.elements.seen.value = theirs.elements.seen.value;
}

/** Folds that are open stay open; a part in which somebody types is left alone. */
function take(page, name) {
  const ours = document.querySelector(`[data-part="${name}"]`);
  const theirs = page.querySelector(`[data-part="${name}"]`);
  if (!ours || !theirs || ours.innerHTML === theirs.innerHTML) return;
  if (["side", "proposal"].includes(name) && ours.contains(document.activeElement)) return;
  const open = [...ours.querySelectorAll("details[open][data-keep]")].map((fold) => fold.dataset.keep);
  ours.innerHTML = theirs.innerHTML;
  for (const kept of open) ours.querySelector(`[data-keep="${kept}"]`)?.setAttribute("open", "");
}
