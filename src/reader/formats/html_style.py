"""How the HTML report looks: on a screen, light and dark, and on paper.

The colours are those of the program's own themes. Whatever carries text has a contrast of at least
4.5 (WCAG 2.2, 1.4.3); a test computes it for `PAIRS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LIGHT: Final = {
    "page": "#fbfaf7",
    "panel": "#ffffff",
    "ink": "#23282e",
    "quiet": "#5d6670",
    "rim": "#dcd8ce",
    "focus": "#0b5cad",
    "link": "#0b5394",
    "entity": "#2f77bd",
    "source": "#19602e",
    "cue": "#6f3aa8",
    "other": "#7a4f00",
    "number": "#7a4100",
    "wash-1": "#fdf0c4",
    "wash-2": "#fae29a",
    "wash-3": "#f5d36e",
    "near": "#dcebdc",
    "found": "#ffc9f1",
    "current": "#f58fdc",
    "plain-ink": "#4d565f",
    "plain": "#ebe8e1",
    "good-ink": "#19602e",
    "good": "#e1f1e4",
    "doubt-ink": "#7a4100",
    "doubt": "#fbe8cf",
    "bad-ink": "#a5211a",
    "bad": "#fbe3e1",
    "open-ink": "#6f3aa8",
    "open": "#efe6f7",
}
DARK: Final = {
    "page": "#14181d",
    "panel": "#1c232b",
    "ink": "#d8dee4",
    "quiet": "#9aa4ae",
    "rim": "#36414c",
    "focus": "#79b8ff",
    "link": "#8cc4ff",
    "entity": "#6aaef2",
    "source": "#85d996",
    "cue": "#d2a8ff",
    "other": "#e5c07b",
    "number": "#f2c14e",
    "wash-1": "#3f3519",
    "wash-2": "#4c3f17",
    "wash-3": "#594915",
    "near": "#1d3f2b",
    "found": "#5a2f55",
    "current": "#8a3a7d",
    "plain-ink": "#c3cbd3",
    "plain": "#2c353f",
    "good-ink": "#98e0a6",
    "good": "#1d3a28",
    "doubt-ink": "#f2c14e",
    "doubt": "#40331a",
    "bad-ink": "#ffa3a3",
    "bad": "#472427",
    "open-ink": "#d9b8ff",
    "open": "#382a4b",
}

_MARKED: Final = ("page", "wash-1", "wash-2", "wash-3", "near", "found")
PAIRS: Final = (
    *((ink, ground) for ink in ("ink", "source", "cue", "number", "other") for ground in _MARKED),
    *((ink, ground) for ink in ("ink", "quiet", "link", "other") for ground in ("page", "panel")),
    *((f"{chip}-ink", chip) for chip in ("plain", "good", "doubt", "bad", "open")),
    ("ink", "current"),
    *((ink, "panel") for ink in ("source", "cue", "number")),
)
"""Colours of text, each with one that it stands on."""

CHIPS: Final = {
    "supported": "good",
    "disputed": "doubt",
    "refuted": "bad",
    "unverifiable": "open",
}
"""The colours of what a check has found."""


def _variables(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


STYLE: Final = (
    f":root{{color-scheme:light;{_variables(LIGHT)}}}\n"
    "@media screen and (prefers-color-scheme:dark){"
    f":root:not([data-theme=light]){{color-scheme:dark;{_variables(DARK)}}}}}\n"
    f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{_variables(DARK)}}}}}\n"
    """
*{box-sizing:border-box}
html{font-size:17px;scroll-padding-top:5rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);
 font:1rem/1.65 Charter,"Bitstream Charter","Source Serif 4",Cambria,Georgia,serif}
a{color:var(--link)}
h1,h2,h3,.ui,.bar,.meta,.entry,.others,.toc,footer{
 font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:3px}
[hidden]{display:none!important}

.bar{position:sticky;top:0;z-index:5;display:flex;flex-wrap:wrap;gap:.4rem .6rem;
 align-items:center;padding:.55rem max(1rem,calc(50vw - 35rem));background:var(--page);
 border-bottom:1px solid var(--rim);font-size:.82rem}
.bar form{display:flex;gap:.3rem;flex:1 1 15rem;align-items:center;margin:0}
.bar input{flex:1;min-width:8rem;max-width:22rem;font:inherit;color:var(--ink);
 background:var(--panel);border:1px solid var(--quiet);border-radius:7px;padding:.35rem .65rem}
.bar input::placeholder{color:var(--quiet);opacity:1}
.bar button{font:inherit;color:var(--ink);background:var(--panel);cursor:pointer;
 border:1px solid var(--rim);border-radius:7px;padding:.32rem .65rem}
.bar button:hover{border-color:var(--quiet)}
.bar button[aria-pressed=false]{color:var(--quiet);background:none;text-decoration:line-through}
#count{color:var(--quiet);min-width:5.5rem;font-variant-numeric:tabular-nums}
.key::before{content:"";display:inline-block;width:.75em;height:.75em;margin-right:.4em;
 border-radius:2px;vertical-align:-.05em}
.key.claim::before{background:var(--wash-3);box-shadow:inset 0 0 0 1px var(--number)}
.key.source::before{background:var(--source)}
.key.entity::before{border-bottom:3px solid var(--entity)}
.key.cue::before{background:var(--cue);border-radius:50%}
.key.other::before{border-bottom:2px dashed var(--other)}

main,footer{max-width:72rem;margin:0 auto;padding:0 1rem}
.top{padding:2.2rem 0 .2rem}
h1,h2{line-height:1.2;font-weight:680;letter-spacing:-.012em;margin:0 0 .5rem;
 overflow-wrap:anywhere}
h1{font-size:1.85rem}
h2{font-size:1.5rem}
h3{font-size:.78rem;font-weight:650;letter-spacing:.07em;text-transform:uppercase;
 color:var(--quiet);margin:0 0 .7rem}
.meta{color:var(--quiet);font-size:.85rem;margin:.15rem 0;overflow-wrap:anywhere}
.aside{white-space:pre-wrap;border-left:3px solid var(--rim);padding:.1rem 0 .1rem .8rem;
 margin:.7rem 0;font-size:.88rem;overflow-wrap:anywhere}
.toc{margin:1rem 0 0;padding:.9rem 1.2rem;background:var(--panel);border:1px solid var(--rim);
 border-radius:10px;font-size:.9rem}
.toc ol{margin:0;padding-left:1.4rem}
.toc span{color:var(--quiet)}
.doc{padding:1.4rem 0 2.2rem}
.doc+.doc{border-top:1px solid var(--rim);padding-top:2.4rem}
.cols{display:grid;grid-template-columns:minmax(0,40rem) minmax(17rem,1fr);gap:2.8rem;
 margin-top:1.5rem;align-items:start}
.text{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;font-size:1.08rem;
 tab-size:4;min-height:1em}
.log{position:sticky;top:4.6rem;max-height:calc(100vh - 5.6rem);overflow:auto;padding:.1rem}
.log ol,.others ul{list-style:none;margin:0;padding:0}
.none{color:var(--quiet);font-style:italic;font-size:.9rem}

.m{color:inherit;text-decoration:none;border-radius:2px;-webkit-box-decoration-break:clone;
 box-decoration-break:clone}
a.m{cursor:pointer}
:root:not(.off-claim) .c1{background:var(--wash-1);padding:.1em 0}
:root:not(.off-claim) .c2{background:var(--wash-2);padding:.1em 0}
:root:not(.off-claim) .c3{background:var(--wash-3);padding:.1em 0}
:root:not(.off-entity) .k-entity{text-decoration:underline 2px var(--entity);
 text-underline-offset:.2em;text-decoration-skip-ink:none}
:root:not(.off-other) .k-other{text-decoration:underline dashed 2px var(--other);
 text-underline-offset:.2em}
:root:not(.off-cue) .k-cue{color:var(--cue);font-style:italic}
:root:not(.off-source) .k-source{color:var(--source);font-weight:650}
:root:not(.off-claim) .m[data-n]::before{content:attr(data-n);vertical-align:.5em;line-height:0;
 font:650 .62em system-ui,sans-serif;color:var(--number);margin-inline:.1em .2em;
 font-style:normal}
.m.near{background:var(--near)!important}
.m.on{box-shadow:0 0 0 2px var(--focus)}
.m:target,.m:has(:target){outline:2px solid var(--focus);outline-offset:1px}
.x{color:var(--other);font-size:.85em;border:1px dotted;border-radius:3px;padding:0 .1em;
 font-style:normal;font-weight:400}
.x.code{font-size:0}
.x.code::before{content:attr(title);font:.62rem ui-monospace,"DejaVu Sans Mono",monospace}
.x.end::after{font-size:1rem;content:"\\A";white-space:pre}
::highlight(found){background:var(--found);color:var(--ink)}
::highlight(current){background:var(--current);color:var(--ink)}

.entry{background:var(--panel);border:1px solid var(--rim);border-radius:10px;margin:0 0 .7rem;
 padding:.65rem .85rem .7rem;font-size:.82rem;line-height:1.5;overflow-wrap:anywhere}
.entry.claim{border-left:3px solid var(--number)}
.entry.source{border-left:3px solid var(--source)}
.entry.entity{border-left:3px solid var(--entity)}
.entry.cue{border-left:3px solid var(--cue)}
.entry.other{border-left:3px solid var(--other)}
.entry:target{outline:2px solid var(--focus)}
.entry p{margin:.3rem 0 0}
.head{display:flex;flex-wrap:wrap;gap:.25rem .45rem;align-items:baseline}
.num{font-weight:700;text-decoration:none;color:var(--number);min-width:1.2em}
.num:hover{text-decoration:underline}
.source>.head .num{color:var(--source)}
.cue>.head .num{color:var(--cue)}
.entity>.head .num{color:var(--link)}
.other>.head .num{color:var(--other)}
.quote{font:1.02rem/1.45 Charter,"Bitstream Charter",Cambria,Georgia,serif;color:var(--ink)}
p.quote{margin:.2rem 0 .35rem}
.gap,.where,.label{color:var(--quiet)}
.where{font-size:.75rem}
.chip{border-radius:99px;padding:.02rem .55rem;font-size:.74rem;color:var(--plain-ink);
 background:var(--plain)}
.chip.good{color:var(--good-ink);background:var(--good)}
.chip.doubt{color:var(--doubt-ink);background:var(--doubt)}
.chip.bad{color:var(--bad-ink);background:var(--bad)}
.chip.open{color:var(--open-ink);background:var(--open)}
.note{white-space:pre-wrap;border-left:2px solid var(--rim);padding-left:.6rem}
.others{margin-top:1.8rem}
.others ul{columns:3 15rem;column-gap:.9rem}
.others .entry{break-inside:avoid;display:inline-block;width:100%}
.off-claim .log .claim,.off-source .others .source,.off-entity .others .entity,
.off-cue .others .cue,.off-other .others .other{display:none}

#card{position:absolute;z-index:9;width:min(23rem,calc(100vw - 1.5rem));max-height:24rem;
 overflow:auto;padding:.55rem .55rem 0;background:var(--page);border:1px solid var(--quiet);
 border-radius:12px;box-shadow:0 8px 28px rgba(0,0,0,.28)}
#card .entry{margin-bottom:.55rem}
footer{color:var(--quiet);font-size:.78rem;padding-top:1rem;padding-bottom:2rem}

@media (max-width:56rem){
 .cols{grid-template-columns:minmax(0,1fr)}
 .log{position:static;max-height:none;overflow:visible}
}
@media print{
 @page{margin:18mm 16mm}
 html{font-size:10.5pt}
 body{background:none}
 .bar,#card{display:none!important}
 main,footer{max-width:none;padding:0}
 .top{padding-top:0}
 .cols{display:block}
 .text{font-size:11pt;margin-bottom:1.4rem}
 .log{position:static;max-height:none;overflow:visible}
 .doc+.doc{break-before:page;border:0}
 .entry{break-inside:avoid;background:none}
 h2,h3{break-after:avoid}
 .c1,.c2,.c3,.chip{-webkit-print-color-adjust:exact;print-color-adjust:exact}
 a{color:inherit}
 .meta a::after{content:" (" attr(href) ")"}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
"""
)
