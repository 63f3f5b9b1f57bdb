// form[data-passkey="add" | "use"]: its button[type=submit] asks the browser for a passkey first and sends what it gives
// in the field `credential`. The options are in data-options, or fetched from data-options-from.
(() => {
  if (window.backlinePasskey) return;
  window.backlinePasskey = true;

  const say = (form, text) => {
    const place = form.querySelector("[data-passkey-error]");
    place.textContent = text;
    place.hidden = !text;
  };

  const options = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    return (await answer.json()).request_options;
  };

  const wish = (publicKey, passwordless) => {
    if (!passwordless) return publicKey;
    const selection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
    return { ...publicKey, authenticatorSelection: selection };
  };

  const credential = async (form) => {
    const { publicKey } = await options(form);
    if (form.dataset.passkey === "add") {
      const wanted = wish(publicKey, form.elements.passwordless?.checked);
      return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(wanted) });
    }
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  };

  const why = (error) => {
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return "This browser knows no passkeys. Update it, or sign in another way.";
    if (/^[\d.]+$/.test(location.hostname)) return `Passkeys belong to a name, not to ${location.hostname}. Open this site by its name, on this computer localhost.`;
    return `No passkey was used: ${error.message}`;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-passkey]");
    if (!form) return; // form.submit() below does not come by here
    event.preventDefault();
    say(form, "");
    try {
      form.elements.credential.value = JSON.stringify((await credential(form)).toJSON());
      form.submit();
    } catch (error) {
      say(form, why(error));
    }
  });
})();
