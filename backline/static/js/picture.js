// [data-png="address of an SVG"]: a button that saves the chart as a PNG, twice as large. Without JavaScript it stays hidden:
// the SVG beside it is the same picture. [data-close-table]: takes away a table that was opened under a chart.
(() => {
  if (window.backlinePicture) return;
  window.backlinePicture = true;
  const SCALE = 2;

  const show = (root) => {
    for (const button of root.querySelectorAll("[data-png], [data-close-table]")) button.hidden = false;
  };
  const drawn = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error("The picture could not be made.");
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await answer.text())}`;
    await picture.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: picture.naturalWidth * SCALE, height: picture.naturalHeight * SCALE });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };
  const save = async (button) => {
    button.setAttribute("aria-busy", "true");
    try {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await drawn(button.dataset.png));
      link.download = `${new URL(button.dataset.png, location).pathname.split("/").slice(-4).join("-").replace(".svg", "")}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch {
      location.assign(button.dataset.png); // the SVG says why, or is the picture
    }
    button.removeAttribute("aria-busy");
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-png], [data-close-table]");
    if (button?.matches("[data-png]")) save(button);
    if (button?.matches("[data-close-table]")) button.closest(".block-table").replaceChildren();
  });
  document.addEventListener("DOMContentLoaded", () => show(document));
  document.addEventListener("htmx:load", (event) => show(event.target));
})();
