// [data-chart]: a cursor and a tooltip for the charts in it, by pointer and by arrow keys. data-tips holds a line for each
// point, "figure|date and comparison"; the points' places are read from the drawn lines. Only SVG attributes are set.
(() => {
  if (window.backlineChart) return;
  window.backlineChart = true;
  const box = (svg) => svg.closest("[data-chart]");
  const tips = (svg) => box(svg).dataset.tips.split("\n").map((line) => line.split("|"));
  const set = (element, values) => Object.keys(values).forEach((name) => element.setAttribute(name, values[name]));
  const span = (svg) => [Number(svg.dataset.from), Number(svg.dataset.to)];
  const placeY = (path, x) => {
    const numbers = path.getAttribute("d").match(/-?[\d.]+/g)?.map(Number) ?? [];
    for (let at = 0; at < numbers.length; at += 2) if (Math.abs(numbers[at] - x) < 0.2) return numbers[at + 1];
    return null;
  };
  const hide = (svg) => svg.querySelector("[data-cursor]")?.setAttribute("hidden", "");
  const show = (svg, index) => {
    const all = tips(svg);
    const [from, to] = span(svg);
    svg.dataset.at = index;
    const x = all.length > 1 ? from + (index * (to - from)) / (all.length - 1) : (from + to) / 2;
    const cursor = svg.querySelector("[data-cursor]");
    const [figure, note = ""] = all[index];
    set(cursor.querySelector("line"), { x1: x, x2: x });
    for (const dot of cursor.querySelectorAll("circle")) {
      const y = placeY(svg.querySelector(`[data-line="${dot.dataset.of}"]`), x);
      dot.toggleAttribute("hidden", y === null);
      if (y !== null) set(dot, { cx: x, cy: y });
    }
    const width = Math.min(to - from, 26 + 6.2 * Math.max(figure.length * 1.1, note.length));
    const x0 = Math.max(from, x + 12 + width > to ? x - 12 - width : x + 12);
    set(cursor.querySelector("foreignObject"), { x: x0, width });
    cursor.querySelector("strong").textContent = figure;
    cursor.querySelector("span").textContent = note;
    cursor.removeAttribute("hidden");
  };

  document.addEventListener("pointermove", (event) => {
    const svg = event.target.closest?.("[data-chart] svg[data-from]");
    for (const other of document.querySelectorAll("[data-chart] svg[data-from]")) if (other !== svg) hide(other);
    if (!svg) return;
    const area = svg.getBoundingClientRect();
    const [from, to] = span(svg);
    const share = (((event.clientX - area.left) / area.width) * svg.viewBox.baseVal.width - from) / (to - from);
    show(svg, Math.round(Math.min(1, Math.max(0, share)) * (tips(svg).length - 1)));
  });
  document.addEventListener("keydown", (event) => {
    const svg = event.target.closest?.("[data-chart] svg[data-from]");
    if (!svg) return;
    const last = tips(svg).length - 1;
    const at = Number(svg.dataset.at ?? last);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return event.key === "Escape" && hide(svg);
    event.preventDefault();
    show(svg, Math.min(last, Math.max(0, next)));
    box(svg).querySelector("[data-says]").textContent = tips(svg)[svg.dataset.at].join(", ");
  });
  document.addEventListener("focusout", (event) => event.target.closest?.("[data-chart] svg") && hide(event.target));
})();
