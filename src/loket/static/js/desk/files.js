// A chosen file is uploaded at once and waits beside the message; without this script it goes with the form.

import { fetchPage, NotConnected } from "../page.js";

export function listenForFiles(work, changed) {
  work.addEventListener("change", async (event) => {
    const field = event.target.closest("[data-upload]");
    if (!field?.files.length) return;
    const content = new FormData();
    content.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    for (const file of field.files) content.append("file", file);
    field.form.setAttribute("aria-busy", "true");
    try {
      const { page } = await fetchPage(field.dataset.upload, { method: "POST", body: content });
      const kept = page.querySelector('[data-part="files"]');
      // Where it was not kept, signed out or because the program failed, it stays in the field.
      if (!kept) return;
      work.querySelector("[data-files]").append(...kept.children);
      field.value = "";
      showDrops(work);
      changed();
    } catch (error) {
      // The line is cut: the file stays in the field and goes with the form.
      if (!(error instanceof NotConnected)) throw error;
    } finally {
      field.form.removeAttribute("aria-busy");
    }
  });
  work.addEventListener("click", (event) => {
    const drop = event.target.closest("[data-unfile]");
    if (!drop) return;
    drop.closest("[data-file]").remove();
    changed();
  });
  showDrops(work);
}

function showDrops(work) {
  for (const drop of work.querySelectorAll("[data-unfile]")) drop.hidden = false;
}
