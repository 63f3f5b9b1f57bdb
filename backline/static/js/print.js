// [data-print]: a button that prints the page. It is hidden in the page and shows itself only when it can work.
(() => {
  if (window.backlinePrint) return;
  window.backlinePrint = true;

  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
})();
