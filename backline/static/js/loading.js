// While htmx loads, its target keeps what it shows, dimmed (aria-busy); a failed load says so and leaves it standing.
// Bound by htmx's own data: any element htmx swaps into. [data-load-error] inside it holds the sentence to show.
(() => {
  if (window.backlineLoading) return;
  window.backlineLoading = true;

  const target = (event) => event.detail.target;
  document.addEventListener("htmx:beforeRequest", (event) => target(event)?.setAttribute("aria-busy", "true"));
  const done = (event) => target(event)?.removeAttribute("aria-busy");
  document.addEventListener("htmx:afterRequest", done);
  const failed = (event) => {
    done(event);
    target(event)?.querySelector(":scope > [data-load-error]")?.removeAttribute("hidden");
  };
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);

  // Signed out in another tab: a fragment request that ends on the sign-in page becomes a visit to it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const address = event.detail.xhr?.responseURL;
    if (!address || !new URL(address).pathname.startsWith("/accounts/")) return;
    event.detail.shouldSwap = false;
    location.reload();
  });
})();
