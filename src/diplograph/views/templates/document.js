"use strict";
// Ties the sentences of an article to the cards beside them: pointing at one marks the other, a link opens it.
(() => {
  const find = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));
  const passages = Array.from(document.querySelectorAll("a.told"));
  const ids = (passage) => passage.dataset.reports.split(" ");
  const light = (reports, on) => {
    for (const passage of passages) if (ids(passage).some((id) => reports.includes(id))) passage.classList.toggle("lit", on);
    for (const id of reports) { const card = document.getElementById(`e-r-${id}`); if (card) card.classList.toggle("lit", on); }
  };
  const tie = (element, reports) => {
    for (const kind of ["pointerenter", "focusin"]) element.addEventListener(kind, () => light(reports, true));
    for (const kind of ["pointerleave", "focusout"]) element.addEventListener(kind, () => light(reports, false));
  };
  for (const passage of passages) tie(passage, ids(passage));
  for (const card of document.querySelectorAll(".card[id^='e-r-']")) tie(card, [card.id.slice(4)]);
  const arrive = () => {
    const there = location.hash.length > 1 && find(location.hash);
    if (!there) return;
    if (there.tagName === "DETAILS") there.open = true;
    else if (there.id.startsWith("t-")) { const card = document.getElementById(`e-r-${there.id.slice(2)}`); if (card) card.open = true; light([there.id.slice(2)], true); }
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
