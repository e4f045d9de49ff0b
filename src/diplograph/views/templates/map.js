"use strict";
// Draws the chart that Altair made, and moves through its years. Expressions are interpreted, never compiled.
const begin = () => {
  const $ = (selector) => document.querySelector(selector);
  const given = $("#chart");
  if (!given) return;
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const coloured = () => JSON.parse(given.textContent, (_, value) => typeof value === "string" && /^@[a-z]+$/.test(value) ? css(`--${value.slice(1)}`) : value);
  const year = $("#year"), zoom = $("#zoom"), said = $("#said"), play = $("#play");
  const first = Number(year.min) + 1, last = Number(year.max);
  let view = null, timer = 0;

  function shown() {
    const one = Number(year.value);
    // Left of the first year stand all of them.
    const all = one < first;
    said.textContent = all ? "All years" : String(one);
    year.setAttribute("aria-valuetext", said.textContent);
    if (view) view.signal("since", all ? first : one).signal("until", all ? last : one).runAsync();
  }
  function stop() { clearInterval(timer); timer = 0; play.setAttribute("aria-pressed", "false"); play.textContent = "Play"; }
  async function draw() {
    const made = await vegaEmbed("#atlas", coloured(), { mode: "vega-lite", ast: true, actions: false, defaultStyle: false, tooltip: tip, renderer: "svg" });
    const before = view;
    view = made.view;
    if (before) for (const name of ["zoom", "lon", "lat"]) view.signal(name, before.signal(name));
    zoom.value = view.signal("zoom");
    view.addEventListener("click", (_, item) => { if (item && item.datum && item.datum.href) location.href = item.datum.href; });
    shown();
    const sheet = $(".sheet");
    if (!before) sheet.scrollLeft = (sheet.scrollWidth - sheet.clientWidth) / 2;
    window.diplograph = { view };
  }
  function tip(_, __, item, value) {
    const box = $("#atlas");
    box.title = value === null || value === undefined || value === "" ? "" : String(item && item.datum && item.datum.said || "");
  }
  year.addEventListener("input", () => { stop(); shown(); });
  zoom.addEventListener("input", () => view && view.signal("zoom", Number(zoom.value)).runAsync());
  $("#world").addEventListener("click", () => { zoom.value = 1; view.signal("zoom", 1).signal("lat", 10).runAsync(); });
  play.addEventListener("click", () => {
    if (timer) return stop();
    play.setAttribute("aria-pressed", "true"); play.textContent = "Stop";
    if (Number(year.value) >= last) year.value = first - 1;
    timer = setInterval(() => { if (Number(year.value) >= last) return stop(); year.value = Number(year.value) + 1; shown(); }, 900);
  });
  let from = null;
  const atlas = $("#atlas");
  atlas.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY, view.signal("lon"), view.signal("lat")]; });
  addEventListener("pointermove", (event) => {
    if (!from || !view || event.pointerType === "touch") return;
    const degrees = 57.3 / (171.4 * view.signal("zoom"));
    view.signal("lon", from[2] - (event.clientX - from[0]) * degrees).signal("lat", Math.max(-60, Math.min(75, from[3] + (event.clientY - from[1]) * degrees))).runAsync();
  });
  addEventListener("pointerup", () => { from = null; });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
};
// In a site the library comes packed and takes a moment.
if (window.unpacked) window.unpacked.then(begin); else begin();
