// While somebody writes a question, what may already answer it is shown beside the field.
//
//   <div data-suggest="address of the fragment" data-suggest-for="id of the field">

import { tellLog } from "./search_log.js";

const PAUSE_MS = 600;
const SHORTEST = 4;
const MOST_SIGNS = 400;

for (const place of document.querySelectorAll("[data-suggest]")) suggest(place);

function suggest(place) {
  const field = document.getElementById(place.dataset.suggestFor);
  const rows = document.createElement("div");
  const said = document.createElement("p");
  said.className = "hidden-text";
  said.setAttribute("role", "status");
  place.append(rows);
  // Outside of what is hidden, else nobody would hear of it.
  place.after(said);
  let timer = 0;
  let asked = "";

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  rows.addEventListener("click", (event) => {
    const row = event.target.closest("[data-hit]");
    if (row) tellLog(row.closest("[data-searched]"), { item: row.dataset.hit, rank: row.dataset.rank });
  });
  if (field.value) ask();

  async function ask() {
    const words = field.value.trim().slice(0, MOST_SIGNS);
    if (words === asked) return;
    asked = words;
    if (words.length < SHORTEST) return show(null);
    try {
      const answer = await fetch(`${place.dataset.suggest}?kata=${encodeURIComponent(words)}`);
      if (!answer.ok || words !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      show(page.querySelector("[data-suggested][data-searched]"));
    } catch (error) {
      // The line is cut: the question can be written without suggestions.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  function show(found) {
    rows.replaceChildren(...(found ? [found] : []));
    place.hidden = !found;
    said.textContent = found?.dataset.said ?? "";
  }
}
