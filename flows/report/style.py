"""The look of the report: one style sheet, light and dark, for screens of all widths and for paper.

The colours of the quotation types are those of Okabe and Ito, which people who see few colours tell apart.
"""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --page: #fbfaf8; --card: #ffffff; --ink: #1c2127; --soft: #59636e; --line: #e0ddd6;
  --accent: #1f5d8c; --bar: #3b7fb5; --good: #19663c; --good-back: #e7f3ec; --warn: #8a4b00; --warn-back: #fdf1de;
  --direct: #0072b2; --indirect: #e69f00; --mixed: #009e73; --transcript: #cc79a7; --heat: 0 }
@media (prefers-color-scheme: dark) { :root { --page: #13171c; --card: #1a2027; --ink: #e7e9ec; --soft: #a3adb8;
  --line: #303943; --accent: #7db8e8; --bar: #5b9fd4; --good: #7fd0a0; --good-back: #16301f; --warn: #f0b45c;
  --warn-back: #372815; --direct: #4aa3df; --indirect: #f0b429; --mixed: #2fc49a; --transcript: #e09bc4 } }
* { box-sizing: border-box }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100% }
body { margin: 0; color: var(--ink); background: var(--page); font: 16px/1.55 system-ui, -apple-system, "Segoe UI",
  Roboto, "Liberation Sans", sans-serif }
a { color: var(--accent) } :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.frame { max-width: 78rem; margin: 0 auto; padding: 0 1.5rem 4rem; display: grid;
  grid-template-columns: 12rem minmax(0, 1fr); column-gap: 3rem }
nav { position: sticky; top: 0; align-self: start; padding-top: 2.4rem; font-size: .9rem; max-height: 100vh;
  overflow-y: auto }
nav ul { list-style: none; margin: 0; padding: 0; border-left: 2px solid var(--line) }
nav a { display: block; padding: .22rem .9rem; color: var(--soft); text-decoration: none }
nav a:hover { color: var(--accent) }
main { min-width: 0 }
header { padding-top: 2.2rem }
h1 { font-size: 2.1rem; line-height: 1.15; letter-spacing: -.02em; margin: .2rem 0 .5rem }
h2 { font-size: 1.35rem; letter-spacing: -.01em; margin: 0 0 .5rem }
section { margin-top: 3.2rem; scroll-margin-top: 1rem }
.version { margin: 0; color: var(--soft); font-size: .85rem; font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere }
.lead { margin: 0 0 1rem; color: var(--soft); max-width: 46rem }
.note { margin: .1rem 0 .5rem; color: var(--soft); font-size: .88rem; max-width: 46rem }
.verdict { margin: 1rem 0; padding: .65rem .9rem; border-radius: 8px; overflow-wrap: anywhere }
.verdict span { display: inline-block; width: 1.1em; font-weight: 700 }
.holds { color: var(--good); background: var(--good-back) } .warned { color: var(--warn); background: var(--warn-back) }
.verdict a { color: inherit; white-space: nowrap }
figure { margin: 1rem 0; padding: 1rem 1.2rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 10px }
figcaption { font-weight: 600; overflow-wrap: anywhere }
.none { color: var(--soft); margin: .3rem 0 }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); column-gap: 1rem;
  align-items: start }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.2rem, 1fr)); gap: .9rem 1.2rem; margin: 0 }
.tiles div { display: flex; flex-direction: column-reverse } .tiles dt { color: var(--soft); font-size: .85rem }
.tiles dd { margin: 0; font-size: 1.45rem; font-weight: 600; letter-spacing: -.01em; font-variant-numeric: tabular-nums;
  white-space: nowrap; line-height: 1.25 }
.wide { overflow-x: auto; margin: .5rem 0 }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th, td { text-align: left; padding: .32rem .9rem .32rem 0; border-bottom: 1px solid var(--line); vertical-align: top;
  unicode-bidi: isolate }
tbody tr:last-child td { border-bottom: 0 }
th { color: var(--soft); font-weight: 500; font-size: .82rem; vertical-align: bottom }
td { min-width: 2.5rem; overflow-wrap: break-word } td.t { max-width: 26rem }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap } th.n { white-space: normal }
td.long { min-width: 17rem } td.zero { color: var(--soft); opacity: .55 }
td.d { white-space: nowrap; font-variant-numeric: tabular-nums }
td.bar, th.bar { width: 30%; min-width: 4.5rem }
td.bar span { display: block; height: .72rem; margin-top: .4rem; min-width: 2px; background: var(--bar);
  border-radius: 0 3px 3px 0; print-color-adjust: exact; -webkit-print-color-adjust: exact }
td.heat { padding: .32rem .5rem; background: color-mix(in srgb, var(--bar) calc(var(--heat) * 75%), transparent);
  border: 1px solid var(--card); print-color-adjust: exact; -webkit-print-color-adjust: exact }
details { margin: .4rem 0 0 } summary { cursor: pointer; color: var(--accent); font-size: .85rem; width: fit-content }
section > details > summary { font-size: .95rem; padding: .25rem 0; width: auto; color: var(--ink) }
pre { overflow-x: auto; margin: .4rem 0; padding: .7rem .9rem; background: var(--page); border: 1px solid var(--line);
  border-radius: 6px; font-size: .8rem; line-height: 1.45 }
.cite { white-space: pre-wrap; background: var(--card); font-size: .9rem; overflow-wrap: anywhere }
code { font-family: ui-monospace, SFMono-Regular, Menlo, "Liberation Mono", monospace; font-size: .92em }
p code { overflow-wrap: anywhere }
svg { display: block; max-width: 100%; height: auto; margin: .6rem 0 } svg text { font-family: inherit }
.narrow-plot { display: none }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem }
@media (max-width: 60rem) { .frame { display: block } nav { position: static; padding-top: 1.2rem; max-height: none }
  nav ul { display: flex; flex-wrap: wrap; border: 0; gap: .1rem .2rem } nav a { padding: .3rem .55rem .3rem 0 }
  header { padding-top: .8rem } }
@media (max-width: 46rem) { .frame { padding: 0 .9rem 3rem } .wide-plot { display: none }
  .narrow-plot { display: block } figure { padding: .8rem .85rem }
  h1 { font-size: 1.7rem } section { margin-top: 2.4rem }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)) } .tiles dd { font-size: 1.2rem }
  td.long { min-width: 13rem } }
@page { margin: 16mm 14mm }
@media print { :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #ccc;
  --accent: #000; --good: #19663c; --good-back: #fff; --warn: #8a4b00; --warn-back: #fff; --bar: #3b7fb5;
  --direct: #0072b2; --indirect: #e69f00; --mixed: #009e73; --transcript: #cc79a7 }
  body { font-size: 10pt } .frame { display: block; max-width: none; padding: 0 }
  nav, .query, .numbers, .verdict a { display: none }
  .tiles { grid-template-columns: repeat(5, minmax(0, 1fr)) }
  section { margin-top: 1.4rem } figure { border: 0; padding: 0; margin: .8rem 0 } .wide { overflow: visible }
  table { font-size: 8.5pt } tr, svg, .tiles { break-inside: avoid } h2, figcaption { break-after: avoid }
  .wide-plot { display: block } .narrow-plot { display: none } a { color: inherit; text-decoration: none } }
"""
