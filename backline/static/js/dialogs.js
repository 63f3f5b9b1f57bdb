// dialog[data-fills] opens when htmx has filled it; when that fails the link that asked is followed instead.
// data-open="<id>" opens a native <dialog>, data-close closes the one around it; so does a click beside it. The browser
// gives Escape, the focus trap and the focus back to the opener. A link that opens works without JavaScript as a link.
(() => {
  if (window.backlineDialogs) return;
  window.backlineDialogs = true;

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.open);
      if (!dialog || dialog.open) return;
      event.preventDefault();
      dialog.showModal();
      return;
    }
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
    // A click beside the dialog hits the element itself, outside its box.
    if (event.target.tagName === "DIALOG" && event.target.open) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) event.target.close();
    }
  });

  const fills = (event) => event.detail.target?.matches?.("dialog[data-fills]");
  document.addEventListener("htmx:afterSwap", (event) => {
    if (fills(event) && !event.detail.target.open) event.detail.target.showModal();
  });
  for (const name of ["htmx:responseError", "htmx:sendError"])
    document.addEventListener(name, (event) => fills(event) && location.assign(event.detail.elt.href));

  // role="button" on a link promises the space key too.
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches?.("a[data-open]")) return;
    event.preventDefault();
    event.target.click();
  });
})();
