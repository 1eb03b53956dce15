"""What the HTML report can do by itself: search, cards on marks, kinds to hide, light and dark.

All of it is inline and named by its hash in the Content Security Policy (W3C CSP 3, 6.7.2.3);
without scripts the report is the same, but for the bar at its top. Hits are painted by the CSS
Custom Highlight API (W3C css-highlight-api-1), which leaves the document as it is.
"""

from __future__ import annotations

from typing import Final

SCRIPT: Final = r"""
"use strict";
(() => {
const root = document.documentElement;
const get = id => document.getElementById(id);
get("bar").hidden = false;

// Light and dark
const faces = {auto: "Auto", light: "Light", dark: "Dark"};
let face = "auto";
try { face = localStorage.getItem("reader-theme") || face; } catch { /* not from this file */ }
function dress() {
  if (!(face in faces)) face = "auto";
  if (face === "auto") delete root.dataset.theme; else root.dataset.theme = face;
  get("theme").textContent = "◐ " + faces[face];
}
get("theme").addEventListener("click", () => {
  const names = Object.keys(faces);
  face = names[(names.indexOf(face) + 1) % names.length];
  try { localStorage.setItem("reader-theme", face); } catch { /* for now only */ }
  dress();
});
dress();

// Kinds to hide
for (const button of document.querySelectorAll("button[data-kind]"))
  button.addEventListener("click", () => {
    const off = root.classList.toggle("off-" + button.dataset.kind);
    button.setAttribute("aria-pressed", String(!off));
  });

// Search: letters and quotation marks of any kind, one for one, so that places stay the same
const MOST = 5000;
const query = get("query"), count = get("count");
const canPaint = typeof Highlight === "function" && CSS.highlights !== undefined;
let pieces = null, hits = [], at = -1;
function fold(text) {
  let low = text.toLowerCase();
  if (low.length !== text.length)
    low = Array.from({length: text.length}, (_, i) => {
      const one = text[i].toLowerCase();
      return one.length === 1 ? one : text[i];
    }).join("");
  return low.replace(/[\s\u00a0]/g, " ").replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
}
function read() {
  return Array.from(document.querySelectorAll("main .find"), block => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [], starts = [];
    let text = "";
    while (walker.nextNode()) {
      nodes.push(walker.currentNode);
      starts.push(text.length);
      text += walker.currentNode.data;
    }
    return {nodes, starts, text: fold(text)};
  });
}
function point(piece, place, isEnd) {
  let low = 0, high = piece.starts.length;
  while (high - low > 1) {
    const half = (low + high) >> 1;
    if (piece.starts[half] < place + (isEnd ? 0 : 1)) low = half; else high = half;
  }
  return [piece.nodes[low], place - piece.starts[low]];
}
function paint() {
  if (canPaint) {
    const all = new Highlight();
    for (const hit of hits) all.add(hit);
    CSS.highlights.set("found", all);
    const one = at < 0 ? new Highlight() : new Highlight(hits[at]);
    one.priority = 1;
    CSS.highlights.set("current", one);
  } else if (at >= 0) {
    getSelection().removeAllRanges();
    getSelection().addRange(hits[at]);
  }
  const more = hits.length === MOST ? "+" : "";
  count.textContent = !query.value ? "" : !hits.length ? "nothing found"
    : (at + 1) + " of " + hits.length + more;
}
function search() {
  const wanted = fold(query.value);
  pieces = pieces || read();
  hits = [];
  for (const piece of wanted ? pieces : [])
    for (let i = piece.text.indexOf(wanted); i >= 0 && hits.length < MOST;
         i = piece.text.indexOf(wanted, i + wanted.length)) {
      const range = document.createRange();
      range.setStart(...point(piece, i, false));
      range.setEnd(...point(piece, i + wanted.length, true));
      hits.push(range);
    }
  at = hits.length ? 0 : -1;
  reveal();
}
function reveal() {
  paint();
  if (at < 0) return;
  const within = hits[at].startContainer.parentElement;
  const log = within.closest(".log");
  if (log) within.scrollIntoView({block: "center"});
  const box = hits[at].getBoundingClientRect();
  if (box.top < 80 || box.bottom > innerHeight - 20)
    scrollBy(0, box.top - innerHeight / 3);
}
function step(by) {
  if (!hits.length) return;
  at = (at + by + hits.length) % hits.length;
  reveal();
}
query.addEventListener("input", search);
get("search").addEventListener("submit", event => { event.preventDefault(); step(1); });
get("next").addEventListener("click", () => step(1));
get("previous").addEventListener("click", () => step(-1));
query.addEventListener("keydown", event => {
  if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); step(-1); }
  if (event.key === "Escape") { query.value = ""; search(); query.blur(); }
});

// Cards: what a mark is, when it is pointed at or has the focus
const card = get("card");
const places = new Map();
let shown = null, leaving = 0;
for (const part of document.querySelectorAll(".m"))
  for (const id of names(part)) {
    if (!places.has(id)) places.set(id, []);
    places.get(id).push(part);
  }
function names(part) {
  const own = part.closest("[data-d]").dataset.d;
  return part.dataset.m.split(" ").map(number => own + "-m" + number);
}
function light(ids) {
  for (const part of document.querySelectorAll(".m.on, .m.near"))
    part.classList.remove("on", "near");
  for (const id of ids) {
    for (const part of places.get(id) || []) part.classList.add("on");
    const own = id.slice(0, id.lastIndexOf("m") + 1);
    for (const other of (get(id).dataset.to || "").split(" "))
      for (const part of places.get(own + other) || []) part.classList.add("near");
  }
}
function show(part) {
  clearTimeout(leaving);
  if (shown === part) return;
  hide();
  shown = part;
  const ids = names(part);
  const list = document.createElement("div");
  for (const id of ids) {
    const copy = document.createElement("div");
    copy.className = get(id).className;
    for (const child of get(id).children) copy.append(child.cloneNode(true));
    list.append(copy);
  }
  card.replaceChildren(list);
  card.hidden = false;
  const box = part.getClientRects()[0];
  const width = card.offsetWidth, height = card.offsetHeight;
  const below = box.bottom + 8 + height < innerHeight || box.top < height + 16;
  const left = Math.max(8, Math.min(box.left, root.clientWidth - width - 8));
  card.style.left = left + scrollX + "px";
  card.style.top = (below ? box.bottom + 8 : box.top - height - 8) + scrollY + "px";
  part.setAttribute("aria-describedby", "card");
  light(ids);
}
function hide() {
  clearTimeout(leaving);
  if (shown) shown.removeAttribute("aria-describedby");
  shown = null;
  card.hidden = true;
  light([]);
}
function leave() { clearTimeout(leaving); leaving = setTimeout(hide, 250); }
document.addEventListener("pointerover", event => {
  const part = event.target.closest(".m");
  if (part) show(part);
  else if (event.target.closest("#card")) clearTimeout(leaving);
  else if (shown && shown !== document.activeElement) leave();
});
document.addEventListener("focusin", event => {
  const part = event.target.closest("a.m");
  if (part && part.matches(":focus-visible")) show(part);
  else if (!event.target.closest("#card")) hide();
});
for (const log of document.querySelectorAll(".entry[id]")) {
  log.addEventListener("pointerenter", () => { if (!shown) light([log.id]); });
  log.addEventListener("pointerleave", () => { if (!shown) light([]); });
}
card.addEventListener("click", event => { if (event.target.closest("a")) hide(); });
document.addEventListener("keydown", event => {
  if (event.key === "Escape") hide();
  const typing = event.target.closest && event.target.closest("input");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    query.focus();
    query.select();
  }
});

// report.html#find=words
function follow() {
  if (!location.hash.startsWith("#find=")) return;
  try { query.value = decodeURIComponent(location.hash.slice(6)); } catch { return; }
  search();
}
addEventListener("hashchange", follow);
follow();
})();
"""
