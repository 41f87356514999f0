// Each number is printed once by itself, and again when somebody asks for it.

let printed = "";

export function printOnce() {
  const roll = document.querySelector("[data-print-roll]");
  if (!roll || roll.dataset.printRoll === printed) return;
  printed = roll.dataset.printRoll;
  printAgain();
}

export function printAgain() {
  window.print();
}
