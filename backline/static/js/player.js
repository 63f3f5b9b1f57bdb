// The player. data-play="<beat id>" marks play buttons, [data-player] the bar at the bottom, svg[data-wave="<beat id>"]
// a waveform that shows progress and seeks. One listen is one start of a beat, under an id made here; what was really
// heard is reported at the start, every 15 s, on pause and at the end. It plays on while htmx swaps the page around it.
(() => {
  if (window.backlinePlayer) return;
  window.backlinePlayer = true;

  const EVENTS = "/api/v1/events";
  const CHECKPOINT_MS = 15_000;
  const IDLE_MS = 9 * 60_000; // the other side closes a listen after 10 idle minutes
  const RENEW_MS = 20_000;
  const MOST_INTERVALS = 50;
  const STEP_S = 5;
  const TROUBLE = "This beat cannot be played now. Try again in a moment.";

  const audio = new Audio();
  let beat = null; // what the play answer says about the beat
  let listen = null; // {id, ticket, source, startedAt, heard, final, touchedAt}
  let mark = null; // {at, wall}: position and time when the position was last looked at
  let queue = []; // [{id, name}] of the list in which playing began
  let source = "direct"; // and the kind of page it stood on
  let wanted = null; // id of the beat whose play answer is on its way
  let renewedAt = 0;

  const length = () => (beat ? beat.duration_ms / 1000 : 0);
  const minutes = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  const json = (body, headers = {}) => ({
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const uuid7 = () => {
    const time = Date.now().toString(16).padStart(12, "0");
    const bytes = crypto.getRandomValues(new Uint8Array(10));
    bytes[2] = (bytes[2] & 0x3f) | 0x80;
    const rest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(1, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`;
  };

  // Reports: the latest state of each listen waits here until the other side has it.
  const unsent = new Map();
  let sending = false;
  let wait = 1000;

  const send = async () => {
    if (sending || !unsent.size) return;
    sending = true;
    const batch = [...unsent.values()];
    const answer = await fetch(EVENTS, { ...json(batch), keepalive: true }).catch(() => null);
    sending = false;
    if (!answer || answer.status === 429 || answer.status >= 500) {
      setTimeout(send, Number(answer?.headers.get("Retry-After")) * 1000 || wait);
      wait = Math.min(wait * 2, 60_000);
      return;
    }
    // Accepted, known or refused for good; a newer state of the same listen stays and goes out next.
    wait = 1000;
    for (const event of batch) if (unsent.get(event.id) === event) unsent.delete(event.id);
    send();
  };

  const report = (final) => {
    if (!listen || listen.final) return;
    Object.assign(listen, { final, touchedAt: Date.now() });
    const rounded = listen.heard.map((interval) => interval.map((s) => Math.round(s * 100) / 100));
    const heard = rounded.filter(([from, to]) => to > from).slice(0, MOST_INTERVALS);
    const { id, ticket, startedAt } = listen;
    const event = { id, type: "listen", beat: beat.id, listener: null, started_at: startedAt, heard, final };
    unsent.set(id, { ...event, source: listen.source, ticket });
  };

  const checkpoint = (final = false) => {
    report(final);
    send();
  };

  // What was heard: the last interval grows only as fast as time passes; a jump begins a new one.
  const advance = () => {
    if (!listen || listen.final || audio.seeking) return;
    const at = Math.min(audio.currentTime, length());
    const wall = performance.now();
    const last = listen.heard.at(-1);
    const moved = mark ? at - mark.at : -1;
    const playable = mark ? ((wall - mark.wall) / 1000) * audio.playbackRate + 0.5 : 0;
    if (moved >= 0 && moved <= playable) last[1] = at;
    else if (last && last[0] === last[1]) last.fill(at);
    else if (!last || Math.abs(last[1] - at) > 0.05) listen.heard.push([at, at]);
    mark = { at, wall };
  };

  const ask = async (id, body) => {
    const token = document.cookie.match(/(?:^|; )backline_csrf=([^;]*)/)?.[1] ?? "";
    const answer = await fetch(document.body.dataset.playAddress ?? `/beats/${id}/play`, json(body, { "X-CSRFToken": token }));
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.message || TROUBLE);
    return said;
  };

  const sound = (stream, at) => {
    audio.src = stream;
    audio.currentTime = at;
    mark = null;
    return audio.play();
  };

  const start = async (id, at = 0) => {
    audio.pause();
    advance();
    checkpoint(true);
    wanted = id;
    paint();
    try {
      const own = uuid7();
      const said = await ask(id, { listen: own, source });
      if (wanted !== id) return;
      beat = said.beat;
      listen = { id: own, ticket: said.ticket, source, startedAt: new Date().toISOString(), heard: [], final: false };
      show();
      checkpoint();
      await sound(said.stream, at);
    } catch (problem) {
      if (wanted === id && problem.name !== "AbortError") say(problem.message);
    }
    if (wanted === id) wanted = null;
    paint();
  };

  // A stream's address holds for ten minutes: the same listen gets a new one and goes on where it was.
  const renew = async () => {
    const again = Date.now() - renewedAt > RENEW_MS;
    if (!again) return say("The music stopped arriving. Press play to try again.");
    renewedAt = Date.now();
    try {
      const said = await ask(beat.id, { listen: listen.id, source: listen.source, ticket: listen.ticket });
      await sound(said.stream, audio.currentTime);
    } catch (problem) {
      if (problem.name !== "AbortError") say(problem.message);
    }
  };

  const toggle = (id, at = null) => {
    if (wanted === id) return undefined;
    if (beat?.id !== id || wanted) return start(id, at ?? 0);
    if (at !== null) return seek(at);
    if (!audio.paused) return audio.pause();
    const here = audio.ended ? 0 : audio.currentTime;
    if (listen.final || Date.now() - listen.touchedAt > IDLE_MS) return start(id, here);
    return audio.error ? renew() : audio.play().catch(() => say(TROUBLE));
  };

  const seek = (to) => {
    advance();
    mark = null;
    audio.currentTime = Math.max(0, Math.min(to, length() - 0.1));
    paint();
  };

  const neighbour = (by) => {
    const here = queue.findIndex((item) => item.id === beat?.id);
    return here < 0 ? undefined : queue[here + by];
  };
  const skip = (by) => neighbour(by) && start(neighbour(by).id);

  const enqueue = (place, id) => {
    const list = place.closest("[data-queue]") ?? document;
    const one = list === document ? `[data-play="${id}"]` : "[data-play]";
    const names = new Map(Array.from(list.querySelectorAll(one), (other) => [Number(other.dataset.play), other.dataset.playName]));
    queue = Array.from(names, ([id, name]) => ({ id, name }));
    source = place.closest("[data-source]")?.dataset.source ?? "direct";
  };

  // Painting: whatever on the page shows the player's state, found anew because htmx may have swapped it.
  const part = (name) => document.querySelector(`[data-player-${name}]`);

  const say = (text) => {
    const bar = document.querySelector("[data-player]");
    if (!bar) return;
    bar.hidden = false;
    part("status").textContent = text;
  };

  const show = () => {
    if (!part("wave")) return;
    say("");
    part("cover").src = beat.cover;
    part("name").textContent = beat.name;
    part("name").href = beat.address;
    part("artist").textContent = beat.artist;
    part("artist").href = beat.artist_address;
    window.htmx?.process(part("name").parentElement); // it keeps the address a link had when it was found
    part("length").textContent = minutes(length());
    const wave = part("wave");
    wave.dataset.wave = beat.id;
    wave.querySelector(".peaks").setAttribute("d", beat.wave);
    wave.querySelector(".played").setAttribute("d", "");
    Object.assign(wave, { bars: undefined, done: undefined });
  };

  const paintButton = (button, id, name) => {
    const lit = wanted ? id === wanted : id === beat?.id && !audio.paused;
    button.classList.toggle("lit", lit);
    button.closest("[data-track]")?.classList.toggle("playing", lit);
    button.setAttribute("aria-label", `${lit ? "Pause" : "Play"} ${name}`);
    const icon = button.querySelector("use");
    icon.setAttribute("href", icon.getAttribute("href").replace(/#.*/, lit ? "#pause" : "#play"));
  };

  const paintWave = (svg) => {
    const at = beat?.id === Number(svg.dataset.wave) ? audio.currentTime : 0;
    const [played, peaks] = [svg.querySelector(".played"), svg.querySelector(".peaks")];
    svg.bars ??= (played.getAttribute("d") + peaks.getAttribute("d")).match(/M[^M]*/g) ?? [];
    const done = length() ? Math.round((at / length()) * svg.bars.length) : 0;
    if (svg.done !== done) {
      svg.done = done;
      played.setAttribute("d", svg.bars.slice(0, done).join(""));
      peaks.setAttribute("d", svg.bars.slice(done).join(""));
    }
    if (svg.getAttribute("role") !== "slider") return;
    const whole = beat?.id === Number(svg.dataset.wave) ? length() : Number(svg.getAttribute("aria-valuemax"));
    svg.setAttribute("aria-valuemax", Math.round(whole));
    svg.setAttribute("aria-valuenow", Math.floor(at));
    svg.setAttribute("aria-valuetext", `${minutes(at)} of ${minutes(whole)}`);
  };

  const paint = () => {
    if (beat && part("wave") && Number(part("wave").dataset.wave) !== beat.id) show();
    for (const button of document.querySelectorAll("[data-play]"))
      paintButton(button, Number(button.dataset.play), button.dataset.playName);
    document.querySelectorAll("svg[data-wave]").forEach(paintWave);
    if (!beat || !part("wave")) return;
    paintButton(part("toggle"), beat.id, beat.name);
    part("time").textContent = minutes(audio.currentTime);
    part("back").disabled = !neighbour(-1);
    part("next").disabled = !neighbour(1);
    part("coming").textContent = neighbour(1) ? `Next: ${neighbour(1).name}` : "";
  };

  const changed = () => {
    advance();
    paint();
  };
  audio.addEventListener("timeupdate", changed);
  audio.addEventListener("playing", changed);
  audio.addEventListener("seeking", () => (mark = null));
  audio.addEventListener("error", () => listen && renew());
  audio.addEventListener("pause", () => {
    changed();
    checkpoint();
  });
  audio.addEventListener("ended", () => {
    checkpoint(true);
    skip(1);
    paint();
  });
  setInterval(() => audio.paused || checkpoint(), CHECKPOINT_MS);
  addEventListener("online", send);
  addEventListener("pagehide", () => {
    advance();
    report(true);
    audio.pause();
    if (!unsent.size) return;
    navigator.sendBeacon(EVENTS, new Blob([json([...unsent.values()]).body], { type: "application/json" }));
  });

  document.addEventListener("click", (event) => {
    const svg = event.target.closest("svg[data-wave]");
    if (svg) {
      const box = svg.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      if (beat?.id !== Number(svg.dataset.wave)) enqueue(svg, svg.dataset.wave);
      return toggle(Number(svg.dataset.wave), (share * Number(svg.dataset.durationMs || beat?.duration_ms)) / 1000);
    }
    const button = event.target.closest("[data-play], [data-play-all], [data-player] button");
    if (!button) return undefined;
    if (button.matches("[data-player-back]")) return skip(-1);
    if (button.matches("[data-player-next]")) return skip(1);
    if (button.matches("[data-player-toggle]")) return toggle(beat.id);
    const first = button.matches("[data-play]") ? button : document.querySelector("[data-queue] [data-play]");
    if (first) enqueue(first, first.dataset.play); // none while all of a list is still prepared
    return first && toggle(Number(first.dataset.play));
  });

  document.addEventListener("keydown", (event) => {
    const slider = event.target.closest("[role=slider][data-wave]");
    const place = slider ?? event.target.closest("[data-track], [data-player]");
    if (!place || event.ctrlKey || event.metaKey || event.altKey) return;
    const id = Number(slider?.dataset.wave ?? place.querySelector("[data-play]")?.dataset.play) || beat?.id;
    const jump = (to) => id && (id === beat?.id ? seek(to) : undefined);
    const keys = { k: () => id && toggle(id), ArrowLeft: () => jump(audio.currentTime - STEP_S) };
    Object.assign(keys, { ArrowRight: () => jump(audio.currentTime + STEP_S) });
    if (slider) Object.assign(keys, { " ": keys.k, Home: () => jump(0), End: () => jump(length()) });
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  document.addEventListener("htmx:load", paint);
  paint();
})();
