// Around the queue of the upload page: where files are dropped or chosen, the name of a new collection, what is said of all
// files together, and giving up what an earlier visit began.
(() => {
  const { ask } = window.backlineUpload;
  const words = (count) => (count === 1 ? "One file" : `${count} files`);
  const find = (name) => document.querySelector(`[data-upload-${name}]`);

  const zone = (form, dialog, take) => {
    const input = form.querySelector("input[type=file]"), place = form.querySelector("[data-dropzone]");
    const over = (event, on) => (event.preventDefault(), place.classList.toggle("over", on));
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("change", () => (take([...input.files]), (input.value = "")));
    place.addEventListener("dragover", (event) => over(event, true));
    place.addEventListener("dragleave", (event) => over(event, false));
    place.addEventListener("drop", (event) => (over(event, false), take([...event.dataTransfer.files])));
    dialog.querySelector("[data-upload-other]").addEventListener("click", () => input.click());
    for (const shown of document.querySelectorAll("[data-with-script]")) shown.hidden = false;
    find("submit").hidden = true;
    for (const button of document.querySelectorAll("[data-give-up]"))
      button.addEventListener("click", () => {
        const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
        ask("DELETE", button.dataset.giveUp, { token }).then(() => button.closest("li").remove(), () => {});
      });
    const chosen = document.querySelector("[data-collection-switch]"), name = document.getElementById("collection-name");
    chosen.addEventListener("change", () => {
      name.closest(".field").hidden = !chosen.checked;
      if (chosen.checked) name.focus();
    });
  };

  const summary = (queue) => {
    const all = queue.rows.length, done = queue.rows.filter((row) => row.state === "done"), moving = queue.count("waiting", "moving");
    queue.list.hidden = !all;
    find("title").textContent = `${words(all)}, ${done.length || "none"} ready to describe`;
    find("summary").textContent = moving ? `${moving} of ${all} still moving` : `${done.length} of ${all} stored`;
    const table = find("table"), link = find("collection"), made = done.find((row) => row.answer.collection);
    table.hidden = done.length < 2 || moving > 0;
    table.href = `${table.dataset.uploadTable}${done.map((row) => row.answer.beat).join(",")}`;
    link.hidden = !made || moving > 0;
    if (made) link.href = `/backstage/collections/${made.answer.collection}/`;
    if (all === 1 && done.length && !made) location.assign(done[0].answer.address);
  };

  Object.assign(window.backlineUpload, { zone, summary });
})();
