// One file on its way up, by the protocol of docs/uploading.md: begun or continued, sent in pieces, tried again when the
// line breaks, finished. `tell` hears {state: "sending" | "lost" | "checking", sent, problem}; `run` ends with the answer.
(() => {
  const { ask, pause, Problem } = window.backlineUpload;
  const LARGEST = 4 * 1024 * 1024, SMALLEST = 64 * 1024, MOST_FAILURES = 40;
  const PAUSES_MS = [1000, 2000, 4000, 8000, 15000, 30000];

  class Transfer {
    constructor(file, { address, token, announced, tell }) {
      this.stopping = new AbortController();
      Object.assign(this, { file, address, announced, tell, size: SMALLEST * 8, offset: 0, here: "", with: { token, signal: this.stopping.signal } });
    }

    async run() {
      for (let failures = 0; ; failures += 1) {
        const before = this.offset;
        try {
          return await this.attempt();
        } catch (problem) {
          if (this.offset > before) failures = 0;
          if (!problem.passes || failures >= MOST_FAILURES) throw problem;
          this.tell({ state: "lost", sent: this.offset, problem });
          await pause(problem.waitS * 1000 || PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]);
        }
      }
    }

    async attempt() {
      const found = await (this.here ? ask("GET", this.here, this.with) : this.begin()).then((answer) => answer.json());
      if (found.state === "done") return found;
      if (found.state === "refused") throw new Problem(found.detail, { refused: true });
      this.here = `${this.address.split("?")[0]}${found.id}`;
      this.offset = found.offset;
      while (this.offset < this.file.size) await this.piece();
      this.tell({ state: "checking", sent: this.offset });
      return (await ask("POST", `${this.here}/finish`, this.with)).json();
    }

    begin() {
      return ask("POST", this.address, { ...this.with, body: JSON.stringify(this.announced), headers: { "Content-Type": "application/json" } });
    }

    // Each piece takes about a second: small on a slow line, so that little is sent twice after a cut.
    async piece() {
      const part = this.file.slice(this.offset, this.offset + this.size), began = performance.now();
      const headers = { "Upload-Offset": this.offset, "Content-Type": "application/octet-stream" };
      const answer = await ask("PATCH", this.here, { ...this.with, body: part, headers });
      this.offset = Number(answer.headers.get("Upload-Offset"));
      const second = (part.size * 1000) / Math.max(performance.now() - began, 1);
      this.size = Math.round(Math.min(LARGEST, Math.max(SMALLEST, second)));
      this.tell({ state: "sending", sent: this.offset });
    }
  }

  window.backlineUpload.Transfer = Transfer;
})();
