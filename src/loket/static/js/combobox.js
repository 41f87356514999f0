// A field with a list below it that answers while somebody types (WAI-ARIA combobox with a listbox).
// Arrows move through the options, Enter opens the chosen one or sends the form, Esc closes the list,
// Tab leaves. The focus stays in the field; which option is meant, aria-activedescendant says.

const PAUSE_MS = 120;
const SHORTEST = 2;

/**
 * field   the input; list: the element with role=listbox; said: a live region
 * fetchOptions  async (words, signal) => element with the options and data-said, or null
 * onPick  (option) => an option was chosen by mouse or Enter; its link is followed
 */
export function makeCombobox({ field, list, said, fetchOptions, onPick }) {
  let chosen = null;
  let timer = 0;
  let asking = null;

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.addEventListener("input", later);
  field.addEventListener("keydown", onKey);
  field.addEventListener("blur", () => setTimeout(() => list.contains(document.activeElement) || close(), 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) onPick(option);
  });

  function later() {
    clearTimeout(timer);
    asking?.abort();
    if (field.value.trim().length < SHORTEST) return close();
    timer = setTimeout(ask, PAUSE_MS);
  }

  async function ask() {
    const words = field.value;
    asking = new AbortController();
    const { signal } = asking;
    let answer = null;
    try {
      answer = await fetchOptions(words, signal);
    } catch (error) {
      // Typed on meanwhile, or the line is cut: the form works without the list.
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
    }
    if (signal.aborted) return;
    if (answer && document.activeElement === field) open(answer);
    else close();
  }

  function open(answer) {
    list.replaceChildren(answer);
    list.hidden = false;
    choose(null);
    field.setAttribute("aria-expanded", "true");
    said.textContent = answer.dataset.said;
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    choose(null);
    field.setAttribute("aria-expanded", "false");
    said.textContent = "";
  }

  function onKey(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return void (field.value.trim().length >= SHORTEST && ask());
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      chosen.click();
    } else if (event.key === "Escape" && !list.hidden) {
      // The first Esc closes the list, the next one is the field's own.
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") {
      close();
    }
  }

  /** Beyond either end lies the field itself, then the other end. */
  function step(by) {
    const options = [...list.querySelectorAll("[role=option]")];
    const places = [null, ...options];
    const here = places.indexOf(chosen);
    choose(places[(here + by + places.length) % places.length]);
  }

  function choose(option) {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option;
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  return { close };
}
