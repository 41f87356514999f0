// Files go to the office while the message is still being written: each by itself, with its progress,
// and with another try where the line broke.
for (const place of document.querySelectorAll("[data-upload]")) begin(place);

function begin(place) {
  const input = place.querySelector("input[type=file]");
  const list = place.querySelector("[data-uploads]");
  const drop = place.querySelector("[data-drop]");
  const key = place.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
  const words = place.dataset;
  // The browser's own button says in its own language what the label says in ours.
  place.querySelector("[data-choose]").hidden = false;
  input.classList.add("hidden-text");

  input.addEventListener("change", () => {
    take(input.files);
    // The script has them now; the form must not send them a second time.
    input.value = "";
  });
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => over(event, true));
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, (event) => over(event, false));
  drop.addEventListener("drop", (event) => take(event.dataTransfer.files));
  for (const row of list.children) removable(row);

  function over(event, is) {
    event.preventDefault();
    drop.classList.toggle("drop--over", is);
  }

  function take(files) {
    for (const file of [...files]) {
      const row = document.createElement("li");
      row.className = "uploads__row";
      list.append(row);
      if (list.children.length > Number(words.most)) fail(row, file, words.tooMany, false);
      else if (file.size > Number(words.largest)) fail(row, file, words.tooLarge, false);
      else send(row, file);
    }
  }

  function send(row, file) {
    const progress = document.createElement("progress");
    const state = text("uploads__state", "0 %");
    progress.className = "progress";
    progress.max = 100;
    progress.setAttribute("aria-label", file.name);
    row.className = "uploads__row";
    row.replaceChildren(text("uploads__name", file.name), state, progress);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      progress.value = (event.loaded / event.total) * 100;
      state.textContent = `${Math.round(progress.value)} %`;
    });
    request.addEventListener("load", () => arrived(row, file, request));
    request.addEventListener("error", () => fail(row, file, words.failed, true));
    const data = new FormData();
    data.append("upload", file);
    data.append("csrfmiddlewaretoken", key);
    request.open("POST", words.upload);
    request.responseType = "json";
    request.send(data);
  }

  function arrived(row, file, request) {
    const said = request.response;
    if (request.status !== 200 || !said) {
      fail(row, file, said?.refused ?? words.failed, !said?.refused);
      return;
    }
    const kept = document.createElement("input");
    kept.type = "hidden";
    kept.name = "files";
    kept.value = said.token;
    row.replaceChildren(kept, text("uploads__name", said.name), text("uploads__state", said.size));
    row.append(button(words.remove));
    removable(row);
    place.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function fail(row, file, why, again) {
    row.className = "uploads__row uploads__row--failed";
    row.replaceChildren(text("uploads__name", file.name), text("uploads__state", why));
    if (again) {
      const retry = button(words.again);
      retry.addEventListener("click", () => send(row, file));
      row.append(retry);
    }
    const away = button(words.remove);
    away.addEventListener("click", () => row.remove());
    row.append(away);
  }

  function removable(row) {
    const away = row.querySelector("button");
    const token = row.querySelector("[name=files]")?.value;
    if (!away || !token) return;
    away.hidden = false;
    away.addEventListener("click", async () => {
      const body = new URLSearchParams({ csrfmiddlewaretoken: key });
      await fetch(`${words.upload}${token}/hapus/`, { method: "POST", body, credentials: "same-origin" });
      row.remove();
      input.focus();
    });
  }
}

function text(css, words) {
  const part = document.createElement("span");
  part.className = css;
  part.textContent = words;
  return part;
}

function button(words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--quiet";
  made.textContent = words;
  return made;
}
