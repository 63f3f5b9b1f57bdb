// [data-refresh="30"]: asks htmx for the element anew (its "refresh" event) every so many seconds while the page is seen
// and the element shows.
(() => {
  if (window.backlineRefresh) return;
  window.backlineRefresh = true;

  const loadedAt = new WeakMap();
  const look = () => {
    if (document.hidden) return;
    for (const element of document.querySelectorAll("[data-refresh]")) {
      if (element.closest("[hidden]")) {
        loadedAt.delete(element);
        continue;
      }
      const at = loadedAt.get(element) ?? Date.now();
      loadedAt.set(element, at);
      if (Date.now() - at < element.dataset.refresh * 1000) continue;
      loadedAt.set(element, Date.now());
      window.htmx?.trigger(element, "refresh");
    }
  };
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
})();
