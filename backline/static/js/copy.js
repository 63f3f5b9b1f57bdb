// button[data-copy="<id>"] copies the value of that field, button[data-copy-text] its own text. Hidden until it can.
(() => {
  if (window.backlineCopy) return;
  window.backlineCopy = true;
  if (!navigator.clipboard) return;

  const show = (root) => {
    for (const button of root.querySelectorAll("[data-copy], [data-copy-text]")) button.hidden = false;
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-copy-text]");
    if (!button) return;
    const text = button.dataset.copyText ?? document.getElementById(button.dataset.copy)?.value;
    await navigator.clipboard.writeText(text ?? "");
    const label = button.querySelector("[data-copy-label]");
    if (label) label.textContent = "Copied";
    else button.setAttribute("aria-label", "Copied");
    button.classList.add("done");
  });
  document.addEventListener("DOMContentLoaded", () => show(document));
  document.addEventListener("htmx:load", (event) => show(event.target));
})();
