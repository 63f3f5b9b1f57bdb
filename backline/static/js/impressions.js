// Which beats a page view showed: one event for each element with data-impressions, with the beats that play in it.
// Best effort: a lost one is not sent again.
(() => {
  if (window.backlineImpressions) return;
  window.backlineImpressions = true;
  const MOST = 50;
  const seen = new WeakSet();

  const uuid7 = () => {
    const time = Date.now().toString(16).padStart(12, "0");
    const bytes = crypto.getRandomValues(new Uint8Array(10));
    bytes[2] = (bytes[2] & 0x3f) | 0x80;
    const rest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(1, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`;
  };

  const tell = () => {
    for (const list of document.querySelectorAll("[data-impressions]")) {
      if (seen.has(list)) continue;
      seen.add(list);
      const ids = new Set(Array.from(list.querySelectorAll("[data-play]"), (button) => Number(button.dataset.play)));
      const event = { id: uuid7(), type: "impressions", beats: [...ids].slice(0, MOST) };
      const body = new Blob([JSON.stringify([event])], { type: "application/json" });
      if (ids.size) navigator.sendBeacon("/api/v1/events", body);
    }
  };

  document.addEventListener("htmx:load", tell);
  tell();
})();
