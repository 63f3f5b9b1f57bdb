// form[data-theme-form]: applies a theme at once and keeps it. Without JavaScript the form is posted and the page comes
// back in the chosen theme.
(() => {
  if (window.backlineTheme) return;
  window.backlineTheme = true;

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-theme-form]");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const theme = event.submitter.value;
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    for (const button of document.querySelectorAll("form[data-theme-form] [name=theme]")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
    const body = new FormData(form, event.submitter);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
  });
})();
