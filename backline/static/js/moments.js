// time[data-relative]: keeps "5 minutes ago" true while the page stays open, in the page's language.
(() => {
  if (window.backlineMoments) return;
  window.backlineMoments = true;

  const STEPS = [[60, "second", 1], [3600, "minute", 60], [86_400, "hour", 3600], [604_800, "day", 86_400]];
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en");
  const write = () => {
    for (const time of document.querySelectorAll("time[data-relative]")) {
      const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
      const step = STEPS.find(([below]) => seconds < below);
      // Below a minute and beyond a week the server's own words hold.
      if (!step || seconds < 60) continue;
      const text = words.format(-Math.max(1, Math.round(seconds / step[2])), step[1]);
      if (text !== time.textContent) time.textContent = text;
    }
  };
  setInterval(() => document.hidden || write(), 30_000);
  document.addEventListener("visibilitychange", () => document.hidden || write());
})();
