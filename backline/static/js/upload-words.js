// What an upload's row says: sizes, speed and the time that is left.
(() => {
  const OVER_MS = 5000;
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  const left = (seconds) => (seconds < 90 ? `${Math.max(1, Math.round(seconds))} s left` : `${Math.round(seconds / 60)} min left`);

  // Bytes a second over the last seconds: one slow piece is not a slow line. 0 while it is not known.
  class Speed {
    points = [];

    at(sent) {
      const now = performance.now();
      this.points = [...this.points.filter((point) => now - point.now < OVER_MS), { now, sent }];
      const [first] = this.points;
      return now > first.now ? ((sent - first.sent) * 1000) / (now - first.now) : 0;
    }

    forget() {
      this.points = [];
    }
  }

  const moving = ({ state, sent, problem }, size, speed) => {
    const here = `${megabytes(sent)} of ${megabytes(size)}`;
    if (state === "checking") return `${megabytes(size)} are here. Decoding it from beginning to end`;
    if (state === "lost") return `${problem.message}. ${here} are safe; it goes on there by itself`;
    return speed ? `${here}, ${megabytes(speed)}/s, ${left((size - sent) / speed)}` : here;
  };

  Object.assign(window.backlineUpload, { megabytes, moving, Speed });
})();
