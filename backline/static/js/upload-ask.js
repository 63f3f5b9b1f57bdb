// Asking the server about an upload: the answer, or a Problem that says in words what is wrong. `passes`: trying again
// helps; `refused`: the file itself is not taken; `waitS`: how long the server asks to wait.
(() => {
  const PASSING = [408, 409, 429, 500, 502, 503, 504];

  class Problem extends Error {
    constructor(message, more = {}) {
      super(message);
      Object.assign(this, { status: 0, passes: false, refused: false, waitS: 0 }, more);
    }
  }

  const ask = async (method, address, { token, body, headers = {}, signal }) => {
    const options = { method, body, signal, headers: { Accept: "application/json", "X-CSRFToken": token(), ...headers } };
    const answer = await fetch(address, options).catch((error) => {
      throw error.name === "AbortError" ? error : new Problem("The connection was lost", { passes: true });
    });
    if (answer.redirected) throw new Problem("You are signed out. Sign in in another tab, then press Resume");
    if (answer.ok) return answer;
    const said = await answer.json().catch(() => ({}));
    const { status } = answer;
    const more = { status, passes: PASSING.includes(status), refused: status === 422, waitS: Number(answer.headers.get("Retry-After")) };
    throw new Problem(said.detail || `The server answered ${status}`, more);
  };

  // Until the time is over, or the line is back.
  const pause = (ms) => new Promise((done) => {
    setTimeout(done, ms);
    addEventListener("online", done, { once: true });
  });

  window.backlineUpload = { ask, pause, Problem };
})();
