// Times in the reader's own zone; the server writes them in UTC, which stays in the title.
"use strict";

(() => {
  const shown = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

  const localise = (root) => {
    for (const time of root.querySelectorAll("time[datetime]:not([data-local])")) {
      const moment = new Date(time.dateTime);
      if (Number.isNaN(moment.getTime())) continue;
      time.textContent = shown.format(moment);
      time.dataset.local = "";
    }
  };

  localise(document);
  document.addEventListener("stet:added", (event) => localise(event.target));
})();
