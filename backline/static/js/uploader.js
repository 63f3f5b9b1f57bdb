// The upload page: form[data-uploader] becomes a queue. Files dropped or chosen go up one after the other, each with
// progress, speed and cancel; a single one leads on to its form, a refused one opens the dialog that says why.
(() => {
  const TOO_QUIET_MS = 500; // between two readings of the speed

  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

  const left = (seconds) => (seconds < 90 ? `${Math.max(1, Math.round(seconds))} s left` : `${Math.round(seconds / 60)} min left`);

  class Row {
    constructor(file, uploader) {
      this.file = file;
      this.uploader = uploader;
      this.node = uploader.template.content.firstElementChild.cloneNode(true);
      this.find(".name").textContent = file.name;
      this.say(`${megabytes(file.size)}, waiting`);
      this.find("[data-cancel]").setAttribute("aria-label", `Cancel ${file.name}`);
      this.find("[data-cancel]").addEventListener("click", () => this.cancel());
      this.find("[data-retry]").addEventListener("click", () => this.again());
    }

    find(selector) {
      return this.node.querySelector(selector);
    }

    say(text) {
      this.find(".sub").textContent = text;
    }

    show(percent) {
      this.find("rect").setAttribute("width", percent);
      this.find("[data-percent]").textContent = percent ? `${Math.round(percent)} %` : "";
    }

    send() {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", this.uploader.token());
      body.append("audio", this.file, this.file.name);
      this.request = new XMLHttpRequest();
      this.request.open("POST", this.uploader.form.action);
      this.request.setRequestHeader("Accept", "application/json");
      this.request.upload.addEventListener("progress", (event) => this.moved(event));
      this.request.upload.addEventListener("load", () => this.say("Uploaded. Decoding it from beginning to end"));
      this.request.addEventListener("load", () => this.answered());
      this.request.addEventListener("error", () => this.failed("The connection was lost. Nothing was stored."));
      this.request.addEventListener("abort", () => this.end("Cancelled. Nothing was stored."));
      this.read = { at: performance.now(), bytes: 0, speed: 0 };
      this.request.send(body);
    }

    moved(event) {
      if (!event.lengthComputable) return;
      this.show((100 * event.loaded) / event.total);
      const at = performance.now();
      if (at - this.read.at < TOO_QUIET_MS) return;
      const speed = ((event.loaded - this.read.bytes) * 1000) / (at - this.read.at);
      // Smoothed: one slow packet is not a slow line.
      this.read = { at, bytes: event.loaded, speed: this.read.speed ? 0.7 * this.read.speed + 0.3 * speed : speed };
      const rest = left((event.total - event.loaded) / this.read.speed);
      this.say(`${megabytes(event.loaded)} of ${megabytes(event.total)}, ${megabytes(this.read.speed)}/s, ${rest}`);
    }

    answered() {
      let answer = {};
      try {
        answer = JSON.parse(this.request.responseText);
      } catch {
        // An answer without words: the status says enough.
      }
      if (this.request.status === 201) return this.stored(answer);
      const reason = answer.sentence || `The server answered ${this.request.status}. Nothing was stored.`;
      if (answer.again || this.request.status >= 500) return this.failed(reason);
      this.end(reason);
      this.uploader.refuse(this.file.name, reason);
    }

    stored(answer) {
      this.address = answer.address;
      const link = this.find("[data-describe]");
      link.href = answer.address;
      link.hidden = false;
      this.end(`Stored as ${answer.name}`);
    }

    tooLarge(most) {
      const reason = `It has ${megabytes(this.file.size)}; the most we take is ${megabytes(most)}.`;
      this.end(reason);
      this.uploader.refuse(this.file.name, reason);
    }

    failed(reason) {
      this.find("[data-retry]").hidden = false;
      this.end(reason);
    }

    end(text) {
      this.request = null;
      this.over = true;
      this.show(0);
      this.say(text);
      this.find("svg.meter").remove();
      this.find("[data-cancel]").hidden = true;
      this.uploader.next();
    }

    cancel() {
      if (this.request) this.request.abort();
      else if (!this.over) this.end("Cancelled. Nothing was stored.");
    }

    again() {
      const fresh = new Row(this.file, this.uploader);
      this.node.replaceWith(fresh.node);
      this.uploader.replace(this, fresh);
    }
  }

  class Uploader {
    constructor(form) {
      this.form = form;
      this.input = form.querySelector("input[type=file]");
      this.zone = form.querySelector("[data-dropzone]");
      this.list = document.querySelector("[data-upload-list]");
      this.template = document.querySelector("[data-upload-row]");
      this.dialog = document.getElementById("unsupported");
      this.rows = [];
      this.input.multiple = true;
      this.input.classList.add("sr-only"); // the whole zone stands for it
      form.querySelector("[data-upload-submit]").hidden = true;
      form.addEventListener("submit", (event) => event.preventDefault());
      this.input.addEventListener("change", () => this.take(this.input.files));
      this.zone.addEventListener("dragover", (event) => this.hover(event, true));
      this.zone.addEventListener("dragleave", (event) => this.hover(event, false));
      this.zone.addEventListener("drop", (event) => {
        this.hover(event, false);
        this.take(event.dataTransfer.files);
      });
      this.dialog.querySelector("[data-upload-other]").addEventListener("click", () => this.input.click());
      window.addEventListener("beforeunload", (event) => this.busy() && event.preventDefault());
    }

    token() {
      return this.form.querySelector("[name=csrfmiddlewaretoken]").value;
    }

    busy() {
      return this.rows.some((row) => row.request);
    }

    hover(event, over) {
      event.preventDefault();
      this.zone.classList.toggle("over", over);
    }

    take(files) {
      for (const file of files) {
        const row = new Row(file, this);
        this.rows.push(row);
        this.list.querySelector("ul").append(row.node);
        if (file.size > Number(this.form.dataset.maxBytes)) row.tooLarge(Number(this.form.dataset.maxBytes));
      }
      this.input.value = "";
      this.list.hidden = !this.rows.length;
      this.next();
    }

    replace(row, fresh) {
      this.rows[this.rows.indexOf(row)] = fresh;
      this.next();
    }

    next() {
      const waiting = this.rows.filter((row) => !row.over && !row.request);
      const over = this.rows.filter((row) => row.over).length;
      this.list.querySelector("[data-upload-summary]").textContent = `${over} of ${this.rows.length} finished`;
      if (this.busy()) return;
      if (waiting.length) waiting[0].send();
      else if (this.rows.length === 1 && this.rows[0].address) location.assign(this.rows[0].address);
    }

    refuse(name, reason) {
      this.dialog.querySelector("[data-upload-file]").textContent = name;
      this.dialog.querySelector("[data-upload-reason]").textContent = reason;
      if (!this.dialog.open) this.dialog.showModal();
    }
  }

  for (const form of document.querySelectorAll("form[data-uploader]:not([data-bound])")) {
    form.dataset.bound = "";
    new Uploader(form);
  }
})();
