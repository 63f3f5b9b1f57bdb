// form[data-selection]: counts the boxes ticked for it, ticks a whole page at once, and says so when all that fit are meant.
// The bar shows itself by CSS while one is ticked; without this file it does all it can but count.
(() => {
  if (window.backlineSelection) return;
  window.backlineSelection = true;

  const ticks = (form) => [...document.querySelectorAll(`[form="${form.id}"][data-tick]`)];
  const pageBox = (form) => document.querySelector(`[form="${form.id}"][data-page-all]`);

  const count = (form) => {
    const all = ticks(form);
    const ticked = all.filter((box) => box.checked).length;
    const page = pageBox(form);
    const everything = form.querySelector("[data-all]")?.checked;
    if (page) {
      page.hidden = false;
      page.checked = ticked > 0 && ticked === all.length;
      page.indeterminate = ticked > 0 && ticked < all.length;
    }
    form.querySelector("[data-selected]").textContent = everything ? "All selected" : `${ticked} selected`;
  };

  const forms = () => document.querySelectorAll("form[data-selection]");
  document.addEventListener("change", (event) => {
    const box = event.target;
    const form = box.form;
    if (!form?.matches?.("form[data-selection]")) return;
    if (box.matches("[data-page-all]")) for (const one of ticks(form)) one.checked = box.checked;
    count(form);
  });
  document.addEventListener("reset", (event) => {
    if (event.target.matches("form[data-selection]")) setTimeout(() => count(event.target));
  });
  document.addEventListener("DOMContentLoaded", () => forms().forEach(count));
  document.addEventListener("htmx:load", () => forms().forEach(count));
})();
