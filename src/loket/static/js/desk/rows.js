// Rows of data and of material: added, removed, without a trip to the server.

export function listenForRows(desk, changed) {
  desk.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add]");
    const drop = event.target.closest("[data-drop]");
    if (add) {
      event.preventDefault();
      addRow(add.dataset.add).querySelector("input").focus();
      changed(add.form);
    }
    if (drop) {
      const form = drop.closest("form");
      const row = drop.closest("[data-row]");
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (next ?? form).querySelector("input:not([type=hidden])").focus();
      changed(form);
    }
  });
  // What was wrong is being written anew: the complaint goes.
  desk.addEventListener("input", (event) => {
    const cell = event.target.closest(".cell--error, .field--error");
    if (!cell) return;
    cell.classList.remove("cell--error", "field--error");
    event.target.removeAttribute("aria-invalid");
    cell.querySelector(".field__error")?.parentElement.remove();
  });
  // Enter in a row goes on to the next row instead of sending the form.
  desk.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("[data-row]");
    if (!row || event.key !== "Enter" || event.ctrlKey || event.target.tagName === "BUTTON") return;
    event.preventDefault();
    const next = row.nextElementSibling ?? addRow(row.parentElement.dataset.rows);
    next.querySelector("input").focus();
  });
}

/** Fill in a row of `kind` by the names of its fields: the first empty one, or a new one. */
export function fillRow(kind, values) {
  const rows = [...document.querySelectorAll(`[data-rows="${kind}"] > [data-row]`)];
  const empty = (row) => [...row.querySelectorAll("input")].every((input) => !input.value);
  const row = rows.find(empty) ?? addRow(kind);
  for (const [name, value] of Object.entries(values)) row.querySelector(`[name="${name}"]`).value = value;
  row.querySelector("input").focus();
  return row;
}

/** What only a script can do is shown once the script is there. */
export function showDrops(place) {
  for (const drop of place.querySelectorAll("[data-drop]")) drop.hidden = false;
}

function addRow(kind) {
  const rows = document.querySelector(`[data-rows="${kind}"]`);
  const row = document.querySelector(`[data-blank="${kind}"]`).content.firstElementChild.cloneNode(true);
  const number = String(rows.children.length + 1);
  for (const field of row.querySelectorAll("[id]")) field.id = field.id.replace("new", number);
  row.setAttribute("aria-label", row.getAttribute("aria-label").replace("new", number));
  rows.append(row);
  showDrops(row);
  return row;
}
