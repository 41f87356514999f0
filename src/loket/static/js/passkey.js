// Passkeys: what the server sends as JSON becomes bytes for the browser, and its answer JSON again.

const form = document.querySelector("form[data-passkey]");

if (form && window.PublicKeyCredential) {
  form.hidden = false;
  form.addEventListener("submit", prove);
}

async function prove(event) {
  event.preventDefault();
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(plain(await ceremony(form.dataset.passkey)));
    form.submit();
  } catch {
    // Cancelled, timed out, or no such key here: the page says what else to do.
    failed.hidden = false;
    delete form.dataset.sending;
  }
}

async function ceremony(kind) {
  if (kind === "create") return navigator.credentials.create(creation(sent().creation_options));
  const options = kind === "sign-in" ? await asked() : sent();
  return navigator.credentials.get(request(options.request_options));
}

function sent() {
  return JSON.parse(document.getElementById("passkey-options").textContent);
}

async function asked() {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return answer.json();
}

function creation({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: keys(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  };
}

function request({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: keys(publicKey.allowCredentials),
    },
  };
}

function keys(list = []) {
  return list.map((key) => ({ ...key, id: bytes(key.id) }));
}

function plain(credential) {
  const { response } = credential;
  const answer = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) answer[name] = text(response[name]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: answer,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function bytes(base64url) {
  const base64 = base64url.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
