/** What the reference looks like: as the pages do, in light and dark, from a phone to a wide screen. */
export const REFERENCE_STYLE = `
:root { color-scheme: light dark; --line: #c9ced6; --soft: #f2f4f7; --quiet: #525a66; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --line: #3a414c; --soft: #1d2229; --quiet: #a6afbc; --link: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
a { color: var(--link); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { margin: 1.75rem 0 .25rem; font-size: 1rem; overflow-wrap: anywhere; }
h4 { margin: .75rem 0 .25rem; font-size: .9rem; }
p { margin: .25rem 0; }
code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
b { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .35rem; background: var(--soft); font-size: .8rem; }
small, .needs { color: var(--quiet); font-size: .85rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: .9rem; }
th, td { padding: .3rem .5rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th:nth-child(1) { width: 28%; }
th:nth-child(2) { width: 28%; }
summary { cursor: pointer; padding: .25rem 0; }
@media (max-width: 40rem) {
  thead { position: absolute; clip-path: inset(50%); }
  tr, td { display: block; }
  td { border: 0; padding: .1rem 0; }
  tr { border-bottom: 1px solid var(--line); padding: .35rem 0; }
}
`;
