// ol[data-reorder]: its rows can be dragged to another place; each row's number and hidden field go with it. The order is
// saved with the form. The buttons of a row do the same by keyboard and without this file.
(() => {
  if (window.backlineReorder) return;
  window.backlineReorder = true;
  let dragged = null;

  const listOf = (event) => event.target.closest?.("ol[data-reorder]");
  const bind = (root) => {
    for (const row of root.querySelectorAll("ol[data-reorder] > li")) row.draggable = true;
  };
  const renumber = (list) => {
    const rows = [...list.children];
    rows.forEach((row, place) => {
      row.querySelector(".place").textContent = place + 1;
      row.querySelector("[id^='up-']").disabled = place === 0;
      row.querySelector("[id^='down-']").disabled = place === rows.length - 1;
    });
    const note = list.closest("section").querySelector("[data-reorder-note]");
    if (note) note.textContent = "The order is changed. Save to keep it.";
  };

  document.addEventListener("dragstart", (event) => {
    const list = listOf(event);
    dragged = list ? event.target.closest("li") : null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    dragged.classList.add("dragged");
  });
  document.addEventListener("dragover", (event) => {
    const list = listOf(event);
    if (!dragged || list !== dragged.parentElement) return;
    event.preventDefault();
    const over = event.target.closest("li");
    if (!over || over === dragged) return;
    const box = over.getBoundingClientRect();
    over[event.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
  });
  document.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("dragged");
    renumber(dragged.parentElement);
    dragged = null;
  });
  document.addEventListener("DOMContentLoaded", () => bind(document));
  document.addEventListener("htmx:load", (event) => bind(event.target.parentElement ?? document));
})();
