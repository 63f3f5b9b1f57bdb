// input[type=file][data-crop="<id>"]: shows the chosen picture in that box with the part to keep: a frame of data-across
// times its height, at least data-least pixels wide. Drag it, or use the arrow keys, + and -. It goes to the server as
// crop_x, crop_y, crop_side (its width) in thousandths of the picture's width.
(() => {
  if (window.backlineCrop) return;
  window.backlineCrop = true;

  const shown = 640;
  const between = (value, low, high) => Math.max(low, Math.min(value, high));

  const open = async (input, box) => {
    const canvas = box.querySelector("canvas"), frame = box.querySelector("[data-crop-frame]");
    const state = box.crop ?? (box.crop = { bound: false });
    // What is no picture is refused by the server, with the reason.
    const picture = await createImageBitmap(input.files[0]).catch(() => null);
    box.hidden = !picture;
    if (!picture) return;
    const { width, height } = picture, across = Number(box.dataset.across), most = Math.min(width, height * across);
    Object.assign(state, { x: (width - most) / 2, y: (height - most / across) / 2, side: most, most, width, height });
    canvas.width = shown;
    canvas.height = Math.round((shown * height) / width);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);

    const draw = () => {
      const { x, y, side, width, height } = state;
      for (const [name, value] of [["x", x], ["y", y], ["width", side], ["height", side / across]]) frame.setAttribute(name, value);
      frame.ownerSVGElement.setAttribute("viewBox", `0 0 ${width} ${height}`);
      for (const [name, value] of [["x", x], ["y", y], ["side", side]])
        box.querySelector(`[name=crop_${name}]`).value = Math.round((value * 1000) / width);
    };
    const change = (dx, dy, grow = 0) => {
      const { width, height, most } = state, least = Math.min(box.dataset.least, most);
      state.side = between(state.side + grow, least, most);
      state.x = between(state.x + dx - grow / 2, 0, width - state.side);
      state.y = between(state.y + dy - grow / (2 * across), 0, height - state.side / across);
      draw();
    };
    draw();
    if (state.bound) return;
    state.bound = true;
    box.addEventListener("pointermove", (event) => {
      if (!event.buttons) return;
      const scale = state.width / frame.ownerSVGElement.getBoundingClientRect().width;
      change(event.movementX * scale, event.movementY * scale);
    });
    const keys = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], "+": [0, 0, 1], "-": [0, 0, -1] };
    box.querySelector("[tabindex]").addEventListener("keydown", (event) => {
      if (!(event.key in keys)) return;
      event.preventDefault();
      change(...keys[event.key].map((step) => step * (state.width / 50)));
    });
  };
  document.addEventListener("change", (event) => {
    const box = document.getElementById(event.target.dataset?.crop);
    if (box && event.target.files[0]) open(event.target, box);
  });
})();
