// form[data-uploader] becomes a queue: files dropped or chosen go up two at a time, each in its row; a refused one opens
// the dialog that says why, and the others go on. A single file leads on to its form.
(() => {
  const { Row, summary, Transfer, zone } = window.backlineUpload;
  const AT_ONCE = 2;

  class Queue {
    constructor(form) {
      Object.assign(this, { form, rows: [], batch: crypto.randomUUID?.() ?? null });
      this.list = document.querySelector("[data-upload-list]");
      this.template = document.querySelector("[data-upload-row]");
      this.dialog = document.getElementById("unsupported");
      this.token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
      zone(form, this.dialog, (files) => this.take(files));
      addEventListener("beforeunload", (event) => this.count("moving") && event.preventDefault());
    }

    count(...states) {
      return this.rows.filter((row) => states.includes(row.state)).length;
    }

    take(files) {
      for (const file of files) {
        const row = new Row(file, this);
        this.rows.push(row);
        this.list.querySelector("ul").append(row.node);
      }
      this.changed();
    }

    async send(row) {
      const { dataset } = this.form, { file } = row, mark = `${file.name.slice(-90)}|${file.size}|${file.lastModified}`;
      const name = document.querySelector("[data-collection-switch]").checked ? document.getElementById("collection-name").value.trim() : "";
      const into = name ? { collection_name: name } : { collection: dataset.collection || null };
      const announced = { name: file.name, size: file.size, mark, batch: this.batch, position: this.rows.indexOf(row), ...into };
      row.transfer = new Transfer(file, { address: dataset.uploader, token: this.token, announced, tell: (news) => row.hear(news) });
      row.set("moving", "Beginning");
      await row.transfer.run().then((answer) => row.stored(answer), (problem) => this.failed(row, problem));
    }

    failed(row, problem) {
      if (row.state === "cancelled") return;
      row.set(problem.refused ? "refused" : "stopped", problem.message);
      if (!problem.refused) return;
      this.dialog.querySelector("[data-upload-file]").textContent = row.file.name;
      this.dialog.querySelector("[data-upload-reason]").textContent = problem.message;
      if (!this.dialog.open) this.dialog.showModal();
    }

    changed() {
      for (const row of this.rows) if (row.state === "waiting" && this.count("moving") < AT_ONCE) this.send(row);
      summary(this);
    }
  }

  for (const form of document.querySelectorAll("form[data-uploader]:not([data-bound])")) new Queue(form).form.dataset.bound = "";
})();
