// The question keeps itself as a draft while it is typed, and says when it did.
const form = document.querySelector("[data-ask]");
const AFTER = 1500;
let waiting = 0;
let last = "";

function content() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

async function keep() {
  const data = content();
  const now = new URLSearchParams(data).toString();
  if (now === last || form.dataset.sending) return;
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

if (form?.dataset.draft) {
  last = new URLSearchParams(content()).toString();
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, AFTER);
  });
}
