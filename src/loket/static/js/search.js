// The search field offers what the library has while somebody types; and what was looked at is counted,
// without anything about who looked. Without this script the field is a plain form.

import { makeCombobox } from "./combobox.js";
import { tellLog } from "./search_log.js";

for (const form of document.querySelectorAll("form[data-search]")) offer(form);

const results = document.querySelector("[data-searched]");
if (results) {
  tellLog(results);
  results.addEventListener("click", (event) => {
    const row = event.target.closest("[data-hit]");
    if (row) tellLog(results, { item: row.dataset.hit, rank: row.dataset.rank });
  });
}

function offer(form) {
  const field = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  makeCombobox({
    field,
    list,
    said: form.querySelector("[data-said]"),
    async fetchOptions(words, signal) {
      const answer = await fetch(`${form.dataset.search}?kata=${encodeURIComponent(words)}`, { signal });
      if (!answer.ok) return null;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return page.querySelector("[data-options]");
    },
    onPick(option) {
      const { item = "", rank = "" } = option.dataset;
      tellLog(option.closest("[data-options]"), { item, rank });
    },
  });
}
