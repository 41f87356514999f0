// A report of many days or offices can take longer than a second: says so at once, where it was asked for.
const WAIT = 300;
// Nobody tells a page that a download has begun.
const UNTIL_A_FILE_IS_THERE = 10_000;

for (const place of document.querySelectorAll("[data-progress]")) {
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  place.append(said);
  let soon, late;
  const say = () => (said.textContent = place.dataset.progress);
  const clear = () => {
    clearTimeout(soon);
    clearTimeout(late);
    said.textContent = "";
  };
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    clear();
    soon = setTimeout(say, WAIT);
    if (link.hasAttribute("download")) late = setTimeout(clear, UNTIL_A_FILE_IS_THERE);
  });
  place.addEventListener("submit", () => (soon = setTimeout(say, WAIT)));
  // Back from the next page: the browser may show this one as it was left.
  addEventListener("pageshow", clear);
}
