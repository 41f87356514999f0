// The note is kept on the server while it is being written. What could not be saved is tried again
// until it is; a page that would be left with unsaved words asks first.

const PAUSE_MS = 1000;
const AGAIN_MS = 3000;

let timer = 0;
let dirty = false;
let saving = null;
let tellLine = () => {};

/** `onLine` hears whether the server could be reached. */
export function listenForWriting(desk, onLine) {
  tellLine = onLine;
  desk.addEventListener("input", (event) => changed(event.target.form));
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
}

export function changed(form) {
  if (!form?.dataset.draft) return;
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(() => saveDraft(form), PAUSE_MS);
}

export const hasUnsaved = () => dirty;

/** The words went to the server with the form itself. */
export function forgetDraft() {
  clearTimeout(timer);
  dirty = false;
}

/** Save now what is not saved yet; true when everything is. */
export async function saveDraft(form = document.querySelector("[data-draft]")) {
  clearTimeout(timer);
  await saving;
  if (!dirty || !form?.isConnected) return !dirty;
  saving = send(form);
  const saved = await saving;
  saving = null;
  return saved;
}

async function send(form) {
  const shown = document.querySelector("[data-saved]");
  dirty = false;
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
    tellLine(true);
    const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.status === 409) {
      // Not tried again by itself: whose words count is for the officer to say, by sending the note.
      dirty = true;
      shown.textContent = said.refusal;
      return false;
    }
    // A page instead of a version: whoever wrote is signed out.
    if (!answer.ok || !("version" in said)) throw new Error(String(answer.status));
    form.elements.version.value = said.version;
    shown.textContent = said.saved;
    return true;
  } catch (error) {
    dirty = true;
    if (error instanceof TypeError) tellLine(false); // the line is cut; anything else the server refused
    shown.textContent = form.dataset.unsaved;
    timer = setTimeout(() => saveDraft(form), AGAIN_MS);
    return false;
  }
}
