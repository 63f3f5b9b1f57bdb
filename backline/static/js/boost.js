// Public pages swap only their main part, so that the player plays on: this looks after what else a new page changes.
(() => {
  if (window.backlineBoost || !window.htmx) return;
  window.backlineBoost = true;
  // Going back asks for the page and swaps it, too; a reload would stop the music. htmx reads its own configuration
  // when the document is ready, so this comes after it.
  addEventListener("DOMContentLoaded", () => (htmx.config.refreshOnHistoryMiss = false));

  const arrived = () => {
    for (const link of document.querySelectorAll(".topbar nav a")) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "main" && event.detail.elt?.id !== "main") return;
    document.getElementById("main")?.focus({ preventScroll: true });
  });
  document.addEventListener("htmx:pushedIntoHistory", arrived);
  document.addEventListener("htmx:historyRestore", arrived);
})();
