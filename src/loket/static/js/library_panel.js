// The library beside the work: a sheet opened by any [data-library-open]. What is chosen is handed to
// onInsert as { title, address }; the sheet closes and the focus goes back to where the work is.
//
//   listenForLibrary({ onInsert: ({ title, address }) => … })

import { tellLog } from "./search_log.js";

const PAUSE_MS = 150;

export function listenForLibrary({ onInsert }) {
  const sheet = document.querySelector("[data-library]");
  if (!sheet?.showModal) return; // an old browser follows the link to the search page
  const field = sheet.querySelector("input[type=search]");
  const rows = sheet.querySelector("[data-library-rows]");
  const said = sheet.querySelector("[data-library-said]");
  let timer = 0;
  let asking = null;

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-library-open]");
    if (!opener) return;
    event.preventDefault();
    sheet.showModal();
    field.focus();
    field.select();
  });
  sheet.querySelector("[data-library-form]").addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  sheet.addEventListener("keydown", step);
  rows.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-insert]");
    if (chosen) take(chosen);
  });

  async function ask() {
    clearTimeout(timer);
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${sheet.dataset.library}?kata=${encodeURIComponent(field.value)}`, { signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("[data-rows-found]");
      if (!found || signal.aborted) return;
      rows.replaceChildren(found);
      said.textContent = found.dataset.said;
    } catch (error) {
      // Typed on meanwhile, or the line is cut: what stands there stays.
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
    }
  }

  /** Arrows go from the field to the rows and through them. */
  function step(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const places = [field, ...rows.querySelectorAll("[data-insert]")];
    const here = places.indexOf(document.activeElement);
    if (here < 0) return;
    event.preventDefault();
    const by = event.key === "ArrowDown" ? 1 : -1;
    places[(here + by + places.length) % places.length].focus();
  }

  function take(chosen) {
    const found = rows.querySelector("[data-rows-found]");
    tellLog(
      { dataset: { log: sheet.dataset.log, searched: found.dataset.searched } },
      { item: chosen.dataset.item, rank: chosen.dataset.rank },
    );
    sheet.close();
    onInsert({ title: chosen.dataset.title, address: chosen.dataset.address });
  }
}
