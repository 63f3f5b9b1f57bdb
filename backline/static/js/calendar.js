// [data-calendar="<form id>"]: one day takes the Tab key, the arrows move by day and week, Page Up and Down by four weeks,
// Home and End to the ends. Enter or a click chooses a day: the form gets it and is sent. Opens at the chosen or last day.
(() => {
  if (window.backlineCalendar) return;
  window.backlineCalendar = true;

  const STEPS = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7, PageUp: -28, PageDown: 28 };
  const DAY = "[data-calendar] [data-day]";
  const grid = (cell) => cell.closest("[data-calendar]");
  const days = (cell) => [...grid(cell).querySelectorAll("[data-day]")].sort((a, b) => (a.dataset.day < b.dataset.day ? -1 : 1));

  const take = (cell) => {
    for (const other of grid(cell).querySelectorAll('[tabindex="0"]')) other.setAttribute("tabindex", "-1");
    cell.setAttribute("tabindex", "0");
    cell.focus({ preventScroll: false });
  };
  const choose = (cell) => {
    for (const other of grid(cell).querySelectorAll("[aria-selected]")) other.removeAttribute("aria-selected");
    cell.setAttribute("aria-selected", "true");
    take(cell);
    const form = document.getElementById(grid(cell).dataset.calendar);
    form.elements.day.value = cell.dataset.day;
    form.requestSubmit();
  };
  const bind = (root) => {
    for (const box of root.querySelectorAll("[data-calendar]:not([data-bound])")) {
      box.dataset.bound = "";
      document.getElementById(box.dataset.calendar)?.setAttribute("hidden", "");
      const day = box.querySelector('[tabindex="0"]');
      if (day) box.scrollLeft += day.getBoundingClientRect().right - box.getBoundingClientRect().right + box.clientWidth / 8;
    }
  };

  document.addEventListener("click", (event) => {
    const cell = event.target.closest?.(DAY);
    if (cell) choose(cell);
  });
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.(DAY);
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") choose(cell);
    else if (event.key in STEPS || event.key === "Home" || event.key === "End") {
      const all = days(cell);
      const wanted = { Home: 0, End: all.length - 1 }[event.key] ?? all.indexOf(cell) + STEPS[event.key];
      take(all[Math.min(all.length - 1, Math.max(0, wanted))]);
    } else return;
    event.preventDefault();
  });
  document.addEventListener("DOMContentLoaded", () => bind(document));
  document.addEventListener("htmx:load", (event) => bind(event.target));
})();
