// input[data-zone], select[data-zone]: fills in the browser's time zone where the person has not chosen one.
(() => {
  if (window.backlineZone) return;
  window.backlineZone = true;

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const bind = (root) => {
    for (const field of root.querySelectorAll("[data-zone]")) {
      if (field.value && field.value !== "UTC") continue;
      const known = field.tagName !== "SELECT" || [...field.options].some((option) => option.value === zone);
      if (zone && known) field.value = zone;
    }
  };
  document.addEventListener("DOMContentLoaded", () => bind(document));
  document.addEventListener("htmx:load", (event) => bind(event.target));
})();
