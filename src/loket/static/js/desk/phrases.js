// Saved replies open below the message instead of on a page of their own.

import { fetchPage } from "../page.js";

export function listenForPhrases(work, insert) {
  work.addEventListener("click", async (event) => {
    const opener = event.target.closest("[data-phrases]");
    const chosen = event.target.closest("[data-phrase]");
    const list = work.querySelector("[data-phrase-list]");
    if (opener) {
      event.preventDefault();
      if (!list.hidden) {
        list.hidden = true;
        return;
      }
      const { page } = await fetchPage(opener.href);
      list.innerHTML = page.querySelector('[data-part="phrases"]')?.outerHTML ?? "";
      for (const button of list.querySelectorAll("[data-phrase]")) button.hidden = false;
      list.hidden = false;
      list.querySelector("button, a")?.focus();
    }
    if (chosen) {
      list.hidden = true;
      insert(chosen.closest("li").querySelector("[data-words]").textContent);
    }
  });
}
