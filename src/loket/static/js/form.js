// Every form: one press is one sending, and what is wrong gets the focus when the page arrives.
document.querySelector("[data-error-summary]")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
});

// Coming back by the Back button finds a form that can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sending;
});
