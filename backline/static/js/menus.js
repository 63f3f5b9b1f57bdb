// details[data-menu]: a menu that opens without JavaScript; here it closes on Escape, on a choice and outside, one at a
// time, and the arrow keys, Home and End walk through it.
(() => {
  if (window.backlineMenus) return;
  window.backlineMenus = true;

  const open = () => document.querySelector("details[data-menu][open]");
  const items = (menu) => [...menu.querySelectorAll(".menu a, .menu button")];
  const close = (menu, focus) => {
    menu.open = false;
    if (focus) menu.querySelector("summary").focus();
  };

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      const chosen = event.target.closest(".menu a, .menu button");
      if (!menu.contains(event.target) || chosen) close(menu, Boolean(chosen));
    }
  });

  document.addEventListener("focusin", (event) => {
    const menu = open();
    if (menu && !menu.contains(event.target)) close(menu, false);
  });

  document.addEventListener("keydown", (event) => {
    const at = event.target.closest?.("details[data-menu]");
    if (at && !at.open && event.key === "ArrowDown" && event.target.tagName === "SUMMARY") at.open = true;
    const menu = open();
    if (!menu || !menu.contains(event.target)) return;
    if (event.key === "Escape") return close(menu, true);
    const all = items(menu);
    const now = all.indexOf(document.activeElement);
    const next = { ArrowDown: now + 1, ArrowUp: now < 0 ? all.length - 1 : now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[(next + all.length) % all.length]?.focus();
  });
})();
