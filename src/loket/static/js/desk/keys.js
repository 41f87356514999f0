// Letters press buttons: a control with data-key="n" is pressed by N, unless somebody is writing.
// A field with a key is not pressed but entered.

const SETTING = "loket.keys";

let own = {};

/** `more`: keys of this page that press no single button, and what they do. */
export function listenForKeys(more = {}) {
  own = more;
  document.addEventListener("keydown", onKey);
  const dialog = document.querySelector("[data-keys]");
  const help = document.querySelector("[data-help]");
  const choice = dialog.querySelector("[data-keys-on]");
  help.hidden = false;
  help.addEventListener("click", () => (dialog.showModal ? dialog.showModal() : dialog.toggleAttribute("open")));
  choice.checked = switchedOn();
  choice.addEventListener("change", () => localStorage.setItem(SETTING, choice.checked ? "on" : "off"));
}

function onKey(event) {
  if (event.isComposing || event.altKey || event.metaKey) return;
  if (event.key === "Escape" && writing(event.target)) return event.target.blur();
  if (event.key === "Enter" && event.ctrlKey) return press("s", event);
  if (event.ctrlKey || event.repeat || writing(event.target) || !switchedOn()) return;
  if (document.querySelector("dialog[open]")) return;
  press(event.key.toLowerCase(), event);
}

function press(key, event) {
  if (!/^[a-z0-9?/]$/.test(key)) return;
  if (own[key]) {
    event.preventDefault();
    return own[key]();
  }
  const control = document.querySelector(`[data-key="${key}"]`);
  if (!control || control.disabled) return;
  event.preventDefault();
  if (writing(control)) return control.focus();
  control.click();
  if (control.tagName === "SUMMARY" && control.parentElement.open) firstField(control.parentElement)?.focus();
}

function firstField(place) {
  return place.querySelector("input:not([type=hidden]), select, textarea");
}

function writing(element) {
  return element.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select");
}

function switchedOn() {
  return localStorage.getItem(SETTING) !== "off";
}
