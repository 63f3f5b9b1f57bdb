// form[data-submit-on-change]: a switch or select takes effect at once. Its button, marked data-submit, is for visitors
// without JavaScript and leaves.
(() => {
  if (window.backlineChoices) return;
  window.backlineChoices = true;

  const bind = (root) => {
    for (const button of root.querySelectorAll("form[data-submit-on-change] [data-submit]")) button.hidden = true;
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form) form.requestSubmit();
  });
  document.addEventListener("DOMContentLoaded", () => bind(document));
  document.addEventListener("htmx:load", (event) => bind(event.target));
})();
