// What is typed keeps itself on the server while it is typed, and says when it did. The form may be
// replaced by a newer one meanwhile, so the page listens, not the form.
const AFTER = 1500;
let waiting = 0;
let last = "";

function content(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

async function keep(form) {
  const data = content(form);
  const now = new URLSearchParams(data).toString();
  if (now === last || form.dataset.sending || !form.isConnected) return;
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      body: data,
      headers: { "X-Requested-With": "fetch" },
      credentials: "same-origin",
    });
    if (!answer.ok || answer.redirected) return;
    say((await answer.json()).saved);
    last = now;
  } catch {
    // Not connected: the next key tries again, and the page still holds the words.
  }
}

function say(at) {
  document.querySelector("[data-saved-at]").textContent = at;
  document.querySelector("[data-saved]").hidden = false;
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.draft) return;
  clearTimeout(waiting);
  waiting = setTimeout(keep, AFTER, form);
});
