// [data-calendar]: the tooltip of its days, on hover and focus, from each day's own label: "Fri 17 Jul: 7 uploads, 11 by
// others". Touch has no hover; the day panel carries the same facts.
(() => {
  if (window.backlineCalendarTip) return;
  window.backlineCalendarTip = true;

  const WIDTH = 142;
  const HEIGHT = 54;
  const show = (cell) => {
    const svg = cell.closest("svg");
    const tip = svg.querySelector(".chart-tip");
    const [, day, figure, rest] = cell.getAttribute("aria-label").match(/^(.*?): (.*?)(?:, (.*))?$/);
    const x = Number(cell.getAttribute("x")) - WIDTH / 2 + 7;
    const y = Number(cell.getAttribute("y"));
    tip.querySelector("strong").textContent = figure;
    tip.querySelector("span").textContent = rest ? `${day}. ${rest}` : day;
    tip.setAttribute("x", Math.min(svg.viewBox.baseVal.width - WIDTH, Math.max(0, x)));
    tip.setAttribute("y", y > HEIGHT + 8 ? y - HEIGHT - 4 : y + 18);
    tip.removeAttribute("hidden");
  };
  const react = (event) => {
    const cell = event.target.closest?.("[data-calendar] [data-day]");
    if (cell) return show(cell);
    for (const tip of document.querySelectorAll("[data-calendar] .chart-tip")) tip.setAttribute("hidden", "");
  };
  document.addEventListener("pointerover", react);
  document.addEventListener("focusin", react);
})();
