// A report of many offices can take longer than a second: says so at once, where the link was pressed.
const WAIT = 300;

for (const place of document.querySelectorAll("[data-progress]")) {
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  place.append(said);
  let soon;
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    soon = setTimeout(() => (said.textContent = place.dataset.progress), WAIT);
  });
  // Back from the next page: the browser may show this one as it was left.
  addEventListener("pageshow", () => {
    clearTimeout(soon);
    said.textContent = "";
  });
}
