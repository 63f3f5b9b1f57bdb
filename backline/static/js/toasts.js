// [data-toast="leave"] goes after six seconds unless pointed at or focused; "stay" waits for its close button.
(() => {
  if (window.backlineToasts) return;
  window.backlineToasts = true;

  const STAY_MS = 6000;
  const bind = (root) => {
    for (const toast of root.querySelectorAll("[data-toast]:not([data-bound])")) {
      toast.dataset.bound = "";
      toast.querySelector("[data-toast-close]").hidden = false;
      if (toast.dataset.toast !== "leave") continue;
      const leave = () => {
        if (toast.matches(":hover, :focus-within")) setTimeout(leave, STAY_MS / 3);
        else toast.remove();
      };
      setTimeout(leave, STAY_MS);
    }
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-toast-close]")) event.target.closest("[data-toast]").remove();
  });
  document.addEventListener("DOMContentLoaded", () => bind(document));
  document.addEventListener("htmx:load", (event) => bind(event.target));
})();
