// dialog[data-palette]: Ctrl K (or Cmd K) opens it from anywhere; the arrows walk through the lines while the words stay in
// the field, Enter opens the chosen one. The lines come from the server; the first is chosen.
(() => {
  if (window.backlinePalette) return;
  window.backlinePalette = true;

  const dialog = () => document.querySelector("dialog[data-palette]");
  const field = () => dialog().querySelector("input");
  const lines = () => [...dialog().querySelectorAll('[role="option"]')];
  const choose = (line) => {
    for (const other of lines()) other.setAttribute("aria-selected", other === line ? "true" : "false");
    if (line) field().setAttribute("aria-activedescendant", line.id);
    else field().removeAttribute("aria-activedescendant");
    line?.scrollIntoView({ block: "nearest" });
  };
  const start = () => {
    if (!dialog().open) dialog().showModal();
    field().focus();
    field().select();
    window.htmx?.trigger(field(), "refresh");
  };

  document.addEventListener("keydown", (event) => {
    if (!dialog()) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return dialog().open ? dialog().close() : start();
    }
    if (event.target !== field()) return;
    const all = lines();
    const at = all.findIndex((line) => line.getAttribute("aria-selected") === "true");
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length }[event.key];
    if (next !== undefined && all.length) choose(all[next % all.length]);
    else if (event.key === "Enter") all[at]?.click();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest('[data-open="palette"]') && dialog()) start();
  });
  // A theme or a place on the same page: the palette has done its work.
  document.addEventListener("click", (event) => event.target.closest('[data-palette] [role="option"]') && dialog().close());
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id === "palette-list") choose(lines()[0]);
  });
})();
