// table[data-shares="<id>"]: its .share-in fields are percentages; the element with that id says what they sum to.
(() => {
  if (window.backlineShares) return;
  window.backlineShares = true;

  const whole = 10000;
  // Hundredths of a per cent, so that 33.33 three times is no 99.99000000001.
  const points = (text) => {
    const found = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*$/.exec(text);
    return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
  };
  const sum = (table) => {
    const fields = [...table.querySelectorAll(".share-in")];
    const target = document.getElementById(table.dataset.shares);
    if (!target || fields.every((field) => !field.value.trim())) return;
    const values = fields.map((field) => points(field.value));
    fields.forEach((field, place) => field.toggleAttribute("aria-invalid", values[place] === null));
    const total = values.reduce((so_far, value) => so_far + (value ?? 0), 0);
    const good = total === whole && !values.includes(null);
    const rest = (Math.abs(whole - total) / 100).toFixed(2);
    const hint = good || total === whole ? "" : total < whole ? `, ${rest} missing` : `, ${rest} too much`;
    target.textContent = `Sum ${(total / 100).toFixed(2)} %${hint}`;
    target.classList.toggle("ok", good);
  };
  document.addEventListener("input", (event) => {
    const table = event.target.closest?.("[data-shares]");
    if (table) sum(table);
  });
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-shares]").forEach(sum));
  document.addEventListener("htmx:load", (event) => event.target.querySelectorAll?.("[data-shares]").forEach(sum));
})();
