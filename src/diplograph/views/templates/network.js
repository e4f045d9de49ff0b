"use strict";
// Draws the graph that pyvis described, and ties it to the record beside it. Text is only ever set as text.
const begin = () => {
  const $ = (selector) => document.querySelector(selector);
  const $$ = (selector) => Array.from(document.querySelectorAll(selector));
  const given = JSON.parse($("#graph").textContent);
  const board = $(".board");
  const narrow = window.matchMedia("(max-width: 900px)");
  const hidden = { kind: new Set(), status: new Set() };
  let level = narrow.matches ? "states" : board.dataset.start;
  let query = "";
  let issue = "", office = "", upto = Infinity;
  let chosen = null; // ids of the events that a click asked for
  let focus = null; // the node whose surroundings alone are shown

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colours = () => ({
    paper: css("--paper"), card: css("--card"), ink: css("--ink"), soft: css("--soft"), line: css("--line"),
    state: css("--state"), onState: css("--on-state"), leader: css("--leader"), issue: css("--issue"),
    visit: css("--a"), meeting: css("--contact"), call: css("--contact"), agreement: css("--agreement"),
    tension: css("--tension"), "statement-of-intent": css("--intent"), other: css("--contact"),
    contact: css("--contact"), service: css("--line"), about: css("--issue"),
  });
  let colour = colours();
  const sans = css("--sans");
  const many = given.nodes.length > 70;
  const wordy = given.edges.filter((edge) => edge.overview).length <= 14;
  const busiest = Math.max(1, ...given.nodes.filter((node) => node.kind === "state").map((node) => node.events.length));

  const isEvent = (node) => node.id.startsWith("e:");
  const open = (status) => ["planned", "proposed", "postponed"].includes(status);

  function look(node) {
    const c = colour[node.kind];
    const made = { id: node.id, color: { background: c, border: c, highlight: { background: c, border: colour.ink }, hover: { background: c, border: colour.ink } }, borderWidth: 2, borderWidthSelected: 3 };
    if (node.kind === "state") {
      // Wide graphs are drawn small: there the busiest states must still be legible.
      made.font = { color: colour.onState, size: many ? 20 + 12 * Math.sqrt(node.events.length / busiest) : 20, face: sans };
      made.margin = { top: 12, bottom: 12, left: 16, right: 16 };
      made.shapeProperties = { borderRadius: 8 };
      return made;
    }
    made.font = { color: colour.ink, size: (node.kind === "leader" ? 15 : 13) + (many ? 4 : 0), face: sans, strokeWidth: 4, strokeColor: colour.paper };
    if (node.kind === "leader") made.size = 12;
    if (node.kind === "issue") { made.size = 10; made.font.color = colour.soft; }
    if (!isEvent(node)) return made;
    made.size = node.dot ? 7 : 13;
    if (node.dot) { made.font.size = 0; }
    if (!node.dot && (node.shape === "box" || node.shape === "ellipse")) {
      // Cards: the text inside must be read on the paper colour; the border tells the kind.
      made.font = { color: colour.ink, size: 14, face: sans, strokeWidth: 0, multi: false };
      made.color.background = made.color.highlight.background = made.color.hover.background = colour.card;
      made.margin = { top: 6, bottom: 6, left: 10, right: 10 };
      made.borderWidth = 2.5;
      made.shapeProperties = { borderRadius: 6 };
      if (node.kind === "visit" && node.status === "held") {
        made.color.background = made.color.highlight.background = made.color.hover.background = c;
        made.font.color = colour.paper;
      }
    }
    if (open(node.status)) {
      made.shapeProperties = { ...(made.shapeProperties || {}), borderDashes: [7, 5] };
      made.color.background = made.color.highlight.background = made.color.hover.background = colour.card;
    }
    if (node.status === "cancelled") {
      made.color.border = colour.soft;
      made.color.background = colour.card;
      made.font.color = colour.soft;
    }
    return made;
  }

  function line(edge) {
    const made = { id: edge.id, hoverWidth: 1, selectionWidth: 1.5 };
    const c = edge.status === "cancelled" ? colour.soft : colour[edge.kind];
    const faint = { service: 0.9, about: many ? 0.12 : 0.45 }[edge.kind] || (many ? 0.4 : 0.6);
    made.color = { color: c, highlight: c, hover: c, opacity: !edge.overview ? faint : many ? Math.min(0.9, 0.2 + 0.12 * edge.events.length) : 0.85 };
    made.dashes = open(edge.status) || edge.status === "cancelled" ? [7, 6] : edge.kind === "about" ? [2, 5] : false;
    made.smooth = { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 };
    made.arrows = { to: { enabled: edge.arrows === "to", scaleFactor: edge.overview ? 0.8 : 0.7 } };
    if (edge.kind === "service") { made.width = 1.5; }
    if (edge.kind === "about") { made.smooth = { enabled: true, type: "cubicBezier", forceDirection: "vertical", roundness: 0.4 }; made.width = 1; }
    if (edge.overview) {
      const bend = { visit: 0.22, tension: 0.42, contact: 0 }[edge.kind];
      made.smooth = bend ? { enabled: true, type: "curvedCW", roundness: bend } : false;
      made.label = wordy || edge.events.length > 2 ? edge.text : undefined;
      made.font = { color: colour.ink, size: many ? 19 : 15, face: sans, strokeWidth: 0, background: colour.paper, align: "horizontal" };
      if (edge.planned === edge.events.length) made.dashes = [7, 6];
      // Arrow heads grow with the line; keep those of wide lines in bounds.
      made.arrows.to.scaleFactor = Math.max(0.45, 1 - edge.width / 14);
    }
    return made;
  }

  const nodes = new vis.DataSet(given.nodes);
  const edges = new vis.DataSet(given.edges.map((edge) => ({ ...edge, label: undefined })));
  const byId = new Map(given.nodes.map((node) => [node.id, node]));
  const words = new Map($$("#record .card").map((card) => [card.dataset.id, card.textContent.toLowerCase().replace(/\s+/g, " ")]));
  const cards = new Map($$("#record .card").map((card) => [card.dataset.id, card]));
  const nodeOf = new Map();
  for (const node of given.nodes) if (isEvent(node)) for (const id of node.events) nodeOf.set(id, node.id);

  const passes = (node) => !hidden.kind.has(node.kind) && !(isEvent(node) && hidden.status.has(node.status));
  function matches(id) {
    const card = cards.get(id);
    if (!card) return false;
    const { kind, status, year, office: rank, topics } = card.dataset;
    // What has no date is left out as soon as a year is asked for.
    if (upto !== Infinity && !(year && Number(year) <= upto)) return false;
    if ((issue && !topics.split("|").includes(issue)) || (office && rank !== office)) return false;
    return !hidden.kind.has(kind) && !hidden.status.has(status) &&
      (!query || query.split(/\s+/).every((word) => words.get(id).includes(word)));
  }

  const near = new Map();
  for (const edge of given.edges) if (!edge.overview) {
    for (const [one, other] of [[edge.from, edge.to], [edge.to, edge.from]]) {
      if (!near.has(one)) near.set(one, new Set());
      near.get(one).add(other);
    }
  }
  function surroundings(id) {
    // A state shows its events and all who take part in them.
    const node = byId.get(id), inside = new Set([id]);
    for (const event of node.events) {
      const mark = nodeOf.get(event);
      if (!mark) continue;
      inside.add(mark);
      for (const other of near.get(mark) || []) inside.add(other);
    }
    for (const other of [...inside]) for (const next of near.get(other) || []) if (next.startsWith("s:") && other.startsWith("p:")) inside.add(next);
    return inside;
  }

  let network = null;
  function apply() {
    const states = level === "states";
    const inside = !states && focus ? surroundings(focus) : null;
    const visible = new Set();
    const live = new Set([...cards.keys()].filter(matches));
    const narrowed = live.size < cards.size;
    nodes.update(given.nodes.map((node) => {
      let show = passes(node) && (states ? node.kind === "state" : true) && (!inside || inside.has(node.id));
      if (show && narrowed && (isEvent(node) || node.kind === "state")) show = node.events.some((id) => live.has(id));
      if (show) visible.add(node.id);
      return { id: node.id, hidden: !show, x: states && node.kind === "state" ? node.ox : node.x, y: states && node.kind === "state" ? node.oy : node.y };
    }));
    edges.update(given.edges.map((edge) => {
      let show = edge.overview === states && visible.has(edge.from) && visible.has(edge.to);
      if (!show || !edge.overview) return { id: edge.id, hidden: !show };
      const count = narrowed ? edge.events.filter((id) => live.has(id)).length : edge.events.length;
      const whole = count === edge.events.length;
      return { id: edge.id, hidden: !count, width: 1 + Math.min(9, count), label: !whole || wordy || count > 2 ? (whole ? edge.text : String(count)) : undefined };
    }));
    // A leader or an issue none of whose events is shown only clutters.
    if (!states && narrowed) {
      const ends = new Set();
      for (const edge of given.edges) if (!edge.overview && edge.kind !== "service" && visible.has(edge.from) && visible.has(edge.to)) { ends.add(edge.from); ends.add(edge.to); }
      nodes.update(given.nodes.filter((node) => visible.has(node.id) && (node.kind === "leader" || node.kind === "issue") && !ends.has(node.id)).map((node) => ({ id: node.id, hidden: true })));
    }
    list();
    for (const button of $$("button[data-level]")) button.setAttribute("aria-pressed", String(button.dataset.level === level));
  }

  function list() {
    const wanted = chosen ? new Set(chosen.ids) : null;
    let count = 0;
    for (const [id, card] of cards) {
      const show = matches(id) && (!wanted || wanted.has(id));
      card.hidden = !show;
      count += show;
    }
    const of = chosen ? ` of ${chosen.name}` : "";
    $("#shown").textContent = `${count} event${count === 1 ? "" : "s"}${of}`;
    $("#focus").hidden = !(chosen && chosen.node) || focus === chosen.node;
    $("#clear").hidden = !chosen && !query && !focus && !issue && !office && upto === Infinity;
  }

  function choose(ids, name, node = null) {
    chosen = { ids, name, node };
    list();
    const shown = ids.map((id) => cards.get(id)).filter((card) => card && !card.hidden);
    if (shown.length && shown.length <= 3) for (const card of shown) card.open = true;
    if (shown.length) shown[0].scrollIntoView({ block: "nearest" });
    $("#record").scrollTop = 0;
  }
  function clear() {
    chosen = null; focus = null; query = ""; $("#search").value = "";
    issue = office = ""; for (const select of $$(".narrow select")) select.value = "";
    if (year) { stop(); year.value = year.max; reach(); }
    network.unselectAll(); apply(); fit();
  }
  function between(edge) {
    const name = (id) => byId.get(id).label.replace(/\s+/g, " ");
    return edge.overview ? `${name(edge.from)} ${edge.arrows ? "→" : "–"} ${name(edge.to)}` : "this line";
  }
  function fit(animate = true) {
    const shown = nodes.get({ filter: (node) => !node.hidden }).map((node) => node.id);
    if (shown.length) network.fit({ nodes: shown, maxZoomLevel: 1.25, animation: animate ? { duration: 250 } : false });
    if (!animate) open_near();
  }
  // On a phone the whole is too small to be read: it opens on the thickest line, and the rest is a drag away.
  const LEGIBLE = 0.5;
  function open_near() {
    if (window.innerWidth > 600 || network.getScale() >= LEGIBLE) return;
    const widest = given.edges.filter((edge) => edge.overview).sort((one, other) => other.width - one.width)[0];
    if (!widest) return;
    network.fit({ nodes: [widest.from, widest.to], maxZoomLevel: LEGIBLE, animation: false });
  }
  function setLevel(wanted) { level = wanted; apply(); fit(); }

  function start() {
    nodes.update(given.nodes.map(look));
    edges.update(given.edges.map(line));
    network = new vis.Network($("#canvas"), { nodes, edges }, { ...given.options, autoResize: true });
    apply();
    fit(false);
    network.on("click", (hit) => {
      if (hit.nodes.length) { const node = byId.get(hit.nodes[0]); choose(node.events, node.label.replace(/\s+/g, " "), node.id); }
      else if (hit.edges.length) { const edge = given.edges.find((one) => one.id === hit.edges[0]); if (edge.events.length) choose(edge.events, between(edge)); }
      else { chosen = null; list(); }
    });
    network.on("doubleClick", (hit) => {
      if (!hit.nodes.length) return;
      focus = hit.nodes[0]; level = "all"; apply(); fit();
    });
    // Small marks have no label of their own; the record's headline stands in for it.
    network.on("hoverNode", ({ node }) => {
      const card = cards.get(byId.get(node).events[0]);
      $("#hint").textContent = node.startsWith("e:") && card ? card.querySelector(".title").textContent : byId.get(node).label;
    });
    network.on("hoverEdge", ({ edge: id }) => {
      const edge = given.edges.find((one) => one.id === id);
      if (edge.overview) $("#hint").textContent = `${between(edge)}: ${edge.text}`;
    });
    network.on("blurEdge", () => { $("#hint").textContent = ""; });
    network.on("blurNode", () => { $("#hint").textContent = ""; });
    network.on("afterDrawing", badges);
  }

  // Struck through where cancelled, a small mark where sources differ: vis-network has neither.
  function badges(context) {
    for (const node of given.nodes) {
      if (!(node.contradicted || node.status === "cancelled") || nodes.get(node.id).hidden) continue;
      const box = network.getBoundingBox(node.id);
      if (!box) continue;
      if (node.status === "cancelled") {
        context.strokeStyle = colour.soft; context.lineWidth = 2; context.beginPath();
        context.moveTo(box.left + 4, (box.top + box.bottom) / 2); context.lineTo(box.right - 4, (box.top + box.bottom) / 2); context.stroke();
      }
      if (node.contradicted) {
        context.beginPath(); context.arc(box.right - 3, box.top + 3, 9, 0, 2 * Math.PI);
        context.fillStyle = colour.card; context.fill(); context.strokeStyle = colour.tension; context.lineWidth = 2; context.stroke();
        context.fillStyle = colour.tension; context.font = `bold 13px ${sans}`; context.textAlign = "center"; context.textBaseline = "middle";
        context.fillText("≠", box.right - 3, box.top + 3.5);
      }
    }
  }

  for (const button of $$("button[data-level]")) button.addEventListener("click", () => { focus = null; setLevel(button.dataset.level); });
  for (const button of $$("[data-zoom]")) button.addEventListener("click", () => {
    if (button.dataset.zoom === "fit") return fit();
    network.moveTo({ scale: network.getScale() * (button.dataset.zoom === "in" ? 1.3 : 1 / 1.3), animation: { duration: 150 } });
  });
  for (const chip of $$(".chip")) chip.addEventListener("click", () => {
    const by = chip.dataset.kind ? "kind" : "status", value = chip.dataset[by];
    const shown = hidden[by].delete(value) || !hidden[by].add(value);
    chip.setAttribute("aria-pressed", String(shown));
    apply();
  });
  const year = $("#year"), play = $("#play");
  let timer = 0;
  function stop() { clearInterval(timer); timer = 0; play.setAttribute("aria-pressed", "false"); play.textContent = "Play"; }
  function reach() {
    // One step beyond the last year stand all, also what has no date.
    upto = Number(year.value) >= Number(year.max) ? Infinity : Number(year.value);
    $("#upto").textContent = upto === Infinity ? "All years" : `Up to ${upto}`;
    year.setAttribute("aria-valuetext", $("#upto").textContent);
  }
  if (year) {
    year.addEventListener("input", () => { stop(); reach(); apply(); });
    play.addEventListener("click", () => {
      if (timer) return stop();
      play.setAttribute("aria-pressed", "true"); play.textContent = "Stop";
      if (upto === Infinity) year.value = year.min;
      reach(); apply();
      timer = setInterval(() => { if (upto === Infinity) return stop(); year.value = Number(year.value) + 1; reach(); apply(); }, 800);
    });
  }
  for (const select of $$(".narrow select")) select.addEventListener("change", () => {
    if (select.id === "issue") issue = select.value; else office = select.value;
    chosen = null; apply();
  });
  $("#search").addEventListener("input", (event) => { query = event.target.value.trim().toLowerCase(); chosen = null; apply(); });
  $("#clear").addEventListener("click", clear);
  $("#focus").addEventListener("click", () => { focus = chosen.node; level = "all"; apply(); fit(); });
  for (const [id, card] of cards) card.addEventListener("toggle", () => {
    const mark = nodeOf.get(id);
    if (card.open && mark && network && level === "all" && !nodes.get(mark).hidden) network.selectNodes([mark]);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    colour = colours();
    nodes.update(given.nodes.map(look));
    edges.update(given.edges.map(line));
  });
  let width = window.innerWidth;
  window.addEventListener("resize", () => { if (Math.abs(window.innerWidth - width) > 40) { width = window.innerWidth; fit(false); } });
  start();
  // For tests and for those who script the page: where a mark is drawn, and which marks are shown.
  window.diplograph = {
    place: (id) => network.canvasToDOM(network.getPosition(id)),
    shown: () => nodes.get({ filter: (node) => !node.hidden }).map((node) => node.id),
  };
};
// In a site the library comes packed and takes a moment.
if (window.unpacked) window.unpacked.then(begin); else begin();
