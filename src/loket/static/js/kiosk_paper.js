// Each number is printed once by itself, and again when somebody asks for it.

let printed = "";

export function printOnce() {
  orderOnce(document.querySelector("[data-print-order]"));
  const roll = document.querySelector("[data-print-roll]");
  if (!roll || roll.dataset.printRoll === printed) return;
  printed = roll.dataset.printRoll;
  printAgain();
}

// A printer on the network is asked by the server; the number is on the screen before.
function orderOnce(form) {
  if (!form || form.dataset.printOrder === printed) return;
  printed = form.dataset.printOrder;
  setTimeout(() => form.requestSubmit());
}

export function printAgain() {
  window.print();
}
