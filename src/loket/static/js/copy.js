// Buttons that copy a code or a text; shown only where the browser lets a page copy.

const said = document.querySelector("[data-copy-said]");

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  const from = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
  await navigator.clipboard.writeText(button.dataset.copy ?? from.textContent.trim());
  const label = button.querySelector("[data-label]");
  const before = label.textContent;
  label.textContent = button.dataset.done;
  said.textContent = button.dataset.done;
  setTimeout(() => {
    label.textContent = before;
    said.textContent = "";
  }, 2000);
}
