"use strict";
// Points at a mark of the strip: who, when, and the words that tell it. Text is only ever set as text.
(() => {
  const strip = document.querySelector("#strip");
  if (!strip) return;
  const box = document.createElement("div");
  box.id = "tip"; box.hidden = true; box.setAttribute("role", "status");
  strip.after(box);
  const line = (tag, text, kind) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (kind) made.className = kind;
    box.append(made);
  };
  function show(mark) {
    const card = document.getElementById(decodeURIComponent(mark.getAttribute("href").slice(1)));
    box.replaceChildren();
    if (!card) return line("b", mark.getAttribute("aria-label") || "");
    const words = (selector) => { const found = card.querySelector(selector); return found ? found.textContent.trim() : ""; };
    line("b", words(".title"));
    line("span", words(".meta"), "when");
    if (words("blockquote")) line("q", words("blockquote"));
    if (words("figcaption")) line("small", words("figcaption"), "when");
  }
  for (const mark of strip.querySelectorAll("a[href^='#']")) {
    for (const kind of ["pointerenter", "focus"]) mark.addEventListener(kind, () => { show(mark); box.hidden = false; });
    // The tooltip of the browser would lie over ours.
    const title = mark.querySelector("title");
    if (title) title.remove();
    mark.addEventListener("click", () => {
      const card = document.getElementById(decodeURIComponent(mark.getAttribute("href").slice(1)));
      if (card) card.open = true;
    });
  }
  addEventListener("keydown", (event) => { if (event.key === "Escape") box.hidden = true; });
  // A link to an event, from here or elsewhere, finds its card open.
  const open = () => { const card = document.getElementById(decodeURIComponent(location.hash.slice(1))); if (card && card.tagName === "DETAILS") { card.open = true; card.scrollIntoView({ block: "nearest" }); } };
  addEventListener("hashchange", open);
  if (location.hash.length > 1) open();
})();
