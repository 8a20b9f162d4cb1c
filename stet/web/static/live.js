// Changes as they arrive: told at the top, and shown when the reader asks, so that nothing moves under the eye.
"use strict";

(() => {
  const told = document.querySelector("[data-live]");
  const list = document.querySelector(".stream");
  if (!told || !list || !window.EventSource) return;

  const AGAIN = 30_000;
  const MOST = 200;
  const title = document.title;
  const waiting = document.createElement("template");
  const button = document.createElement("button");
  button.type = "button";
  let source = null;
  let timer = 0;
  let last = new URL(told.dataset.live, location.href).searchParams.get("last");
  let tooMany = false;

  const tell = () => {
    const count = waiting.content.children.length;
    const what = tooMany ? "Many new changes: load the page anew" : `${count} new ${count === 1 ? "change" : "changes"}`;
    document.title = tooMany ? `(…) ${title}` : `(${count}) ${title}`;
    button.textContent = what;
    if (!button.isConnected) told.append(button);
  };

  button.addEventListener("click", () => {
    if (tooMany) {
      location.reload();
      return;
    }
    const first = waiting.content.querySelector("a");
    list.prepend(waiting.content);
    document.querySelector("#content > .none")?.remove();
    list.dispatchEvent(new CustomEvent("stet:added", { bubbles: true }));
    button.remove();
    document.title = title;
    first?.focus();
  });

  const arrive = (event) => {
    last = event.lastEventId || last;
    const arrived = document.createElement("template");
    arrived.innerHTML = event.data;
    for (const entry of arrived.content.querySelectorAll("[id]")) {
      if (document.getElementById(entry.id) || waiting.content.getElementById(entry.id)) entry.remove();
    }
    waiting.content.prepend(arrived.content);
    if (waiting.content.children.length > MOST) tooMany = true;
    if (tooMany || waiting.content.children.length) tell();
  };

  const listen = () => {
    clearTimeout(timer);
    if (source || tooMany) return;
    const url = new URL(told.dataset.live, location.href);
    url.searchParams.set("last", last);
    source = new EventSource(url);
    source.addEventListener("changes", arrive);
    source.addEventListener("many", () => {
      tooMany = true;
      tell();
      rest();
    });
    source.addEventListener("error", () => {
      // A broken connection is taken up again by the browser; one that was refused is not.
      if (source?.readyState !== EventSource.CLOSED) return;
      rest();
      timer = setTimeout(listen, AGAIN);
    });
  };

  const rest = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };

  // A tab that nobody looks at takes up no place, and catches up when it is looked at.
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  if (!document.hidden) listen();
})();
