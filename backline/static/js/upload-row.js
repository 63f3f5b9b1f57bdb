// One file's row on the upload page: its name, how far it is, and the buttons to cancel, resume and describe it.
(() => {
  const { ask, megabytes, moving, Speed } = window.backlineUpload;
  const ENDS = ["done", "refused", "cancelled"];

  class Row {
    speed = new Speed();

    constructor(file, queue) {
      Object.assign(this, { file, queue, state: "waiting", node: queue.template.content.firstElementChild.cloneNode(true) });
      this.find(".name").textContent = file.name;
      this.find(".sub").textContent = `${megabytes(file.size)}, waiting`;
      this.find("[data-cancel]").setAttribute("aria-label", `Cancel ${file.name}`);
      this.find("[data-resume]").setAttribute("aria-label", `Resume ${file.name}`);
      this.find("[data-cancel]").addEventListener("click", () => this.cancel());
      this.find("[data-resume]").addEventListener("click", () => this.set("waiting", `${megabytes(file.size)}, waiting`));
    }

    find(selector) {
      return this.node.querySelector(selector);
    }

    set(state, text) {
      this.state = state;
      this.find(".sub").textContent = text;
      this.find("[data-resume]").hidden = state !== "stopped";
      this.find("[data-cancel]").hidden = ENDS.includes(state);
      this.find("svg.meter")?.classList.toggle("quiet", state === "stopped");
      if (ENDS.includes(state)) for (const gone of [this.find("svg.meter"), this.find("[data-percent]")]) gone?.remove();
      this.queue.changed();
    }

    hear(news) {
      if (this.state !== "moving") return;
      if (news.state === "lost") this.speed.forget();
      const share = this.file.size ? (100 * news.sent) / this.file.size : 100;
      this.find("rect").setAttribute("width", share);
      this.find("[data-percent]").textContent = `${Math.round(share)}%`;
      this.find(".sub").textContent = moving(news, this.file.size, this.speed.at(news.sent));
    }

    stored(answer) {
      this.answer = answer;
      const link = this.find("[data-describe]");
      link.href = answer.address;
      link.hidden = this.find("[data-badge]").hidden = false;
      this.set("done", `${megabytes(this.file.size)}, stored as ${answer.name}`);
    }

    cancel() {
      this.transfer?.stopping.abort();
      if (this.transfer?.here) ask("DELETE", this.transfer.here, { token: this.queue.token }).catch(() => {}); // else it expires
      this.set("cancelled", "Cancelled. Nothing of it was stored");
    }
  }

  window.backlineUpload.Row = Row;
})();
