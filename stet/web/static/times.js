// Times in the reader's own zone; the server writes them in UTC, which stays in the title.
"use strict";

(() => {
  const shown = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  const precise = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

  const localise = (root) => {
    for (const time of root.querySelectorAll("time[datetime]:not([data-local])")) {
      const moment = new Date(time.dateTime);
      if (Number.isNaN(moment.getTime())) continue;
      time.textContent = ("seconds" in time.dataset ? precise : shown).format(moment);
      time.dataset.local = "";
    }
  };

  for (const option of document.querySelectorAll("option[data-at]")) {
    option.label = `${option.value} · ${shown.format(new Date(option.dataset.at))}`;
  }

  localise(document);
  document.addEventListener("stet:added", (event) => localise(event.target));
})();
