/**
 * The style sheet of the page: the system's own fonts, one measure, colours that keep 4.5:1 for text in both schemes.
 * No meaning by colour alone: every class and band has a word or a pattern beside it.
 */
export const styles = `
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --raised: #ffffff; --ink: #1c1f23; --quiet: #5d636b; --line: #dedbd3; --strong-line: #8d8a83;
  --ground: #efede7; --link: #17518a;
  --with: #a3271b; --unknown: #855400; --failed: #6c3b94; --clean: #1e6b47; --left: #5d636b; --ink-bar: #35506b;
  --serif: ui-serif, "Iowan Old Style", Charter, Georgia, Cambria, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --raised: #1b1f23; --ink: #e8e6e1; --quiet: #a3a8af; --line: #31363c; --strong-line: #747b84;
    --ground: #24292e; --link: #8cc0f5;
    --with: #ff9384; --unknown: #eeb65a; --failed: #cfa6f2; --clean: #78cfa3; --left: #a3a8af; --ink-bar: #9dbddd;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 var(--sans); overflow-wrap: break-word; }
main, footer { max-width: 1240px; margin: 0 auto; padding: 0 40px; }
h1, h2, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: var(--link); text-underline-offset: 2px; }
code { font-family: var(--mono); font-size: .86em; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
[tabindex="-1"]:focus { outline: none; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 16px; background: var(--raised); padding: 8px 12px; z-index: 3; }
.quiet, .more, .reason { color: var(--quiet); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.note { max-width: 74ch; margin-top: 16px; color: var(--quiet); font-size: 14px; }
.note strong { color: var(--ink); }
.is-unknown { color: var(--unknown); }

.masthead { padding: 56px 0 36px; }
.kicker { color: var(--quiet); font-size: 13px; letter-spacing: .04em; }
h1 { font: 400 46px/1.08 var(--serif); letter-spacing: -.018em; margin-top: 10px; }
.verdict { font: 400 22px/1.4 var(--serif); max-width: 46ch; margin-top: 16px; }
.facts { display: flex; flex-wrap: wrap; gap: 14px 40px; margin-top: 30px; padding-top: 18px; border-top: 1px solid var(--line); font-size: 14px; }
.facts dt { color: var(--quiet); font-size: 12.5px; }
.facts .wide { flex-basis: 100%; }
section { margin-bottom: 64px; scroll-margin-top: 12px; }
h2 { font: 400 27px/1.2 var(--serif); letter-spacing: -.01em; margin-bottom: 18px; }

.tiles { display: grid; grid-template-columns: repeat(5, 1fr); border-top: 1px solid var(--ink); border-bottom: 1px solid var(--line); }
.tiles li + li { border-left: 1px solid var(--line); }
.tile { display: flex; flex-direction: column; height: 100%; padding: 16px 18px 18px; color: inherit; text-decoration: none; }
.tile:hover { background: var(--ground); }
.tile-title { display: flex; align-items: baseline; gap: 8px; font-size: 14px; font-weight: 600; }
.tile-count { font: 400 44px/1.15 var(--serif); font-variant-numeric: lining-nums tabular-nums; margin: 10px 0 2px; }
.tile-meaning { color: var(--quiet); font-size: 13px; line-height: 1.35; }
.tile.none .tile-count { color: var(--quiet); }
.mark { display: inline-block; flex: none; width: 10px; height: 10px; background: currentColor; }
.tile-with-credentials .tile-title, .tile-with-credentials .tile-count, .badge-with-credentials { color: var(--with); }
.tile-unknown .tile-title, .tile-unknown .tile-count, .badge-unknown { color: var(--unknown); }
.tile-failed .tile-title, .tile-failed .tile-count, .badge-failed { color: var(--failed); }
.tile-clean .tile-title, .badge-clean { color: var(--clean); }
.tile-left-out .tile-title, .badge-left-out { color: var(--left); }
.tile-unknown .mark, .badge-unknown .mark { background: none; border: 2px solid; }
.tile-failed .mark, .badge-failed .mark { clip-path: polygon(50% 0, 100% 100%, 0 100%); }
.tile-clean .mark, .badge-clean .mark { border-radius: 50%; }
.tile-left-out .mark, .badge-left-out .mark { height: 3px; }

.levels { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 14px 28px; counter-reset: level; margin-bottom: 28px; font-size: 14px; }
.levels li { counter-increment: level; display: grid; grid-template-columns: auto 1fr auto; column-gap: 8px; align-content: start; border-top: 1px solid var(--line); padding-top: 8px; }
.levels li::before { content: counter(level); color: var(--quiet); font-variant-numeric: tabular-nums; }
.levels .more { grid-column: 2 / -1; font-size: 13px; line-height: 1.4; }
.levels .none strong, .levels .none .level-count { font-weight: 400; color: var(--quiet); }
.level-count { font-weight: 600; font-variant-numeric: tabular-nums; }
.cards { display: grid; grid-template-columns: 1fr 1fr; gap: 0 40px; }
.card { border-top: 1px solid var(--line); padding: 12px 0 14px; font-size: 14px; break-inside: avoid; min-width: 0; }
.card-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 10px; margin-bottom: 4px; }
.card-head .level { margin-left: auto; color: var(--quiet); font-size: 13px; }
.card li { display: grid; grid-template-columns: 5.8em minmax(0, 1fr); }
.card li.whole { display: block; }
.name { font-weight: 600; overflow-wrap: anywhere; }
.id { color: var(--quiet); }
.kind { color: var(--quiet); }

.lead { max-width: 74ch; margin-bottom: 14px; }
.changes { columns: 2; column-gap: 40px; font-size: 14px; }
.changes > li { break-inside: avoid; padding: 10px 0; border-top: 1px solid var(--line); }
.changes .id { margin-left: 10px; }
.sign { display: inline-block; width: 1.3em; font-family: var(--mono); font-weight: 700; }
.is-new strong, .is-new .sign { color: var(--with); }
.is-gone strong, .is-gone .sign { color: var(--clean); }

.bars { display: block; margin-bottom: 20px; font-family: var(--sans); overflow: visible; }
.bar-name, .bar-total { fill: var(--ink); font-size: 14px; }
.bar-total { font-variant-numeric: tabular-nums; font-weight: 600; }
.bar-ground { fill: var(--ground); }
.bar { stroke: var(--ink-bar); stroke-width: 1; }
.ink { fill: var(--ink-bar); }
.paper { fill: var(--raised); }
.swatch { vertical-align: -1px; margin-right: 7px; overflow: visible; }

table { width: 100%; border-collapse: collapse; text-align: left; }
th { font-weight: 600; }
.numbers { font-size: 14px; }
.numbers th, .numbers td { padding: 7px 0 7px 14px; border-bottom: 1px solid var(--line); vertical-align: baseline; }
.numbers th:first-child { padding-left: 0; }
.numbers thead th { font-weight: 400; font-size: 13px; color: var(--quiet); border-bottom-color: var(--strong-line); }
.numbers th .more { font-weight: 400; }
.numbers .total { font-weight: 600; }
.numbers td.none { color: var(--quiet); }

.controls { display: flex; flex-wrap: wrap; gap: 12px 14px; align-items: end; margin-bottom: 12px; }
.controls[hidden] { display: none; }
.controls label { display: flex; flex-direction: column; gap: 3px; font-size: 12.5px; color: var(--quiet); }
.controls .grow { flex: 1 1 260px; }
input, select, button { font: inherit; font-size: 15px; color: var(--ink); background: var(--raised); border: 1px solid var(--strong-line); border-radius: 4px; min-height: 40px; padding: 6px 10px; max-width: 100%; }
input::placeholder { color: var(--quiet); opacity: 1; }
button { cursor: pointer; }
button:hover { background: var(--ground); }
.count { color: var(--quiet); font-size: 14px; margin-bottom: 10px; }
.paging { margin-top: 18px; text-align: center; }
.js:not(.ready) #rows { display: none; }

.accounts { table-layout: fixed; font-size: 13.5px; line-height: 1.42; }
.accounts thead th { position: sticky; top: 0; z-index: 1; background: var(--paper); padding: 9px 12px 8px 0; vertical-align: bottom; box-shadow: inset 0 -1px var(--strong-line); font-size: 13px; }
.accounts tbody th, .accounts tbody td { padding: 10px 12px 11px 0; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere; }
.accounts th:nth-child(1) { width: 15%; }
.accounts th:nth-child(2) { width: 12.5%; }
.accounts th:nth-child(3) { width: 16%; }
.accounts th:nth-child(4) { width: 9.5%; }
.accounts th:nth-child(5) { width: 11%; }
.accounts th:nth-child(6) { width: 9.5%; }
.accounts th:nth-child(7) { width: 6.5%; }
.accounts th:nth-child(8) { width: 7%; }
.of-deletion th:nth-child(1) { width: 13%; }
.of-deletion th:nth-child(3) { width: 14%; }
.of-deletion th:nth-child(4), .of-deletion th:nth-child(6) { width: 8.5%; }
.of-deletion th:nth-child(5) { width: 9%; }
.accounts .name, .accounts .id, .accounts .credential, .line { display: block; }
.accounts .credential + .credential, .line + .line { margin-top: 6px; }
.badge { display: inline-flex; align-items: baseline; gap: 7px; font-weight: 600; overflow-wrap: normal; }
.code { color: var(--quiet); }
.result-still-there strong, .result-appeared strong { color: var(--with); }
.result-unknown strong { color: var(--unknown); }
.result-gone strong { color: var(--clean); }
.sort { all: unset; box-sizing: border-box; cursor: pointer; display: inline; }
.sort:hover { text-decoration: underline; text-underline-offset: 3px; }
.sort:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
[aria-sort] .sort::after { content: " \\2191"; }
[aria-sort="descending"] .sort::after { content: " \\2193"; }
footer { padding-bottom: 56px; color: var(--quiet); font-size: 13px; }
footer p { border-top: 1px solid var(--line); padding-top: 16px; }

@media screen and (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
  .tile, button { transition: background-color .12s; }
}
@media screen and (max-width: 900px) {
  main, footer { padding: 0 20px; }
  .masthead { padding: 32px 0 28px; }
  h1 { font-size: 34px; }
  .verdict { font-size: 19px; }
  section { margin-bottom: 48px; }
  .tiles { grid-template-columns: 1fr 1fr; border-bottom: 0; }
  .tiles li { border-bottom: 1px solid var(--line); }
  .tiles li + li { border-left: 0; }
  .tiles li:nth-child(even) { border-left: 1px solid var(--line); }
  .tiles li:last-child { grid-column: 1 / -1; }
  .tile { padding: 12px 10px 14px; }
  .tile-count { font-size: 34px; margin: 6px 0 0; }
  .cards { grid-template-columns: 1fr; }
  .card-head .level { margin-left: 0; flex-basis: 100%; }
  .changes { columns: 1; }
  .controls label { flex: 1 1 140px; }
  .controls select { width: 100%; }
  .numbers, .numbers tbody, .numbers tr { display: block; }
  .numbers thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .numbers tr { padding: 10px 0; border-bottom: 1px solid var(--line); }
  .numbers tbody th, .numbers tbody td { display: flex; justify-content: space-between; gap: 16px; border: 0; padding: 2px 0; }
  .numbers tbody th { display: block; }
  .numbers tbody td.none { display: none; }
  .numbers tbody td::before { content: attr(data-label); color: var(--quiet); font-weight: 400; }
  .accounts, .accounts tbody, .accounts tr { display: block; }
  .accounts thead { position: sticky; top: 0; z-index: 1; display: block; background: var(--paper); box-shadow: inset 0 -1px var(--strong-line); }
  html:not(.js) .accounts thead { display: none; }
  .accounts thead tr { display: flex; gap: 18px; overflow-x: auto; align-items: baseline; }
  .accounts thead tr::before { content: "Sort by"; flex: none; color: var(--quiet); font-size: 13px; }
  .accounts thead tr th:nth-child(n) { position: static; flex: none; width: auto; box-shadow: none; background: none; padding: 10px 0; white-space: nowrap; }
  .accounts tbody tr { padding: 12px 0; border-bottom: 1px solid var(--line); }
  .accounts tbody th, .accounts tbody td { display: block; border: 0; padding: 2px 0; width: auto; }
  .accounts tbody th:nth-child(1) { width: auto; }
  .accounts tbody td { padding-left: 108px; min-height: 23px; position: relative; }
  .accounts tbody td::before { position: absolute; left: 0; width: 100px; color: var(--quiet); }
  .accounts td:nth-child(2)::before { content: "Class"; }
  .accounts td:nth-child(3)::before { content: "Access keys"; }
  .accounts td:nth-child(4)::before { content: "Certificates"; }
  .accounts td:nth-child(5)::before { content: "Password"; }
  .accounts td:nth-child(6)::before { content: "MFA devices"; }
  .accounts td:nth-child(7)::before { content: "Oldest"; }
  .accounts td:nth-child(8)::before { content: "Last used"; }
  .accounts td:nth-child(9)::before { content: "Notes"; }
  .accounts td.empty, [data-class="clean"] td[data-sort], [data-class="left-out"] td[data-sort] { display: none; }
}
@media print {
  :root {
    --paper: #ffffff; --raised: #ffffff; --ink: #000000; --quiet: #444444; --line: #bbbbbb; --strong-line: #666666; --ground: #eeeeee;
    --link: #000000; --with: #8d1b10; --unknown: #6d4500; --failed: #54287a; --clean: #0f5634; --left: #444444; --ink-bar: #22384e;
  }
  @page { size: landscape; margin: 13mm; }
  html { color-scheme: light; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 9.5pt; }
  main, footer { max-width: none; padding: 0; }
  .masthead { padding: 0 0 14pt; }
  .controls, .paging, .skip { display: none !important; }
  h1 { font-size: 28pt; }
  h2 { break-after: avoid; }
  section { margin-bottom: 24pt; }
  #attention-title, .tiles, .card, .levels li, .bars { break-inside: avoid; }
  .accounts { font-size: 8pt; }
  .accounts thead { display: table-header-group; }
  .accounts thead th { position: static; background: none; }
  .accounts tr, .numbers tr { break-inside: avoid; }
  .sort { text-decoration: none; }
  a { text-decoration: none; }
}
`;
