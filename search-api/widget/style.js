// How the element looks. It takes light or dark from the page around it; custom properties change the rest:
// --lawcite-ink, -paper, -quiet, -line, -accent, -on-accent, -mark, -raised, -warn, -radius, -font.

const looks = new CSSStyleSheet()
looks.replaceSync(`
:host { display: block; position: relative; color: var(--ink); font: 1rem/1.7 var(--lawcite-font, inherit); text-align: start;
  --ink: var(--lawcite-ink, #1c2128); --paper: var(--lawcite-paper, #fff); --quiet: var(--lawcite-quiet, #57606a);
  --line: var(--lawcite-line, #d5d9de); --accent: var(--lawcite-accent, #0a4b9c); --on-accent: var(--lawcite-on-accent, #fff);
  --mark: var(--lawcite-mark, #ffe9a3); --raised: var(--lawcite-raised, #f0f3f7); --warn: var(--lawcite-warn, #a1260d);
  --radius: var(--lawcite-radius, 4px); }
@supports (color: light-dark(#000, #fff)) {
  :host { --ink: var(--lawcite-ink, light-dark(#1c2128, #e4e7eb)); --paper: var(--lawcite-paper, light-dark(#fff, #15181c));
    --quiet: var(--lawcite-quiet, light-dark(#57606a, #a6aeb8)); --line: var(--lawcite-line, light-dark(#d5d9de, #3a414a));
    --accent: var(--lawcite-accent, light-dark(#0a4b9c, #8fc1ff)); --on-accent: var(--lawcite-on-accent, light-dark(#fff, #10151b));
    --mark: var(--lawcite-mark, light-dark(#ffe9a3, #5c4a0c)); --raised: var(--lawcite-raised, light-dark(#f0f3f7, #262c34));
    --warn: var(--lawcite-warn, light-dark(#a1260d, #ffab99)); }
}
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
form { display: flex; gap: .5rem; margin: 0; position: relative; }
.field { flex: 1; min-width: 0; position: relative; }
input { width: 100%; height: 100%; font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--quiet);
  border-radius: var(--radius); padding: .4rem .7rem; }
input::placeholder { color: var(--quiet); opacity: 1; }
button { font: inherit; color: var(--on-accent); background: var(--accent); border: 0; border-radius: var(--radius);
  padding: .4rem 1.1rem; cursor: pointer; white-space: nowrap; }
button.meant { color: var(--accent); background: none; padding: 0; text-decoration: underline; white-space: normal; text-align: start; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ul, ol { list-style: none; margin: 0; padding: 0; }
[role=listbox] { position: absolute; z-index: 10; inset: calc(100% + 2px) 0 auto; max-height: 20rem; overflow: auto; padding: .3rem 0;
  background: var(--paper); border: 1px solid var(--quiet); border-radius: var(--radius); box-shadow: 0 4px 16px #0003; }
[role=option] { display: flex; justify-content: space-between; gap: 1rem; padding: .3rem .7rem; cursor: pointer; }
[role=option][aria-selected=true] { background: var(--raised); box-shadow: inset 3px 0 0 var(--accent); }
p { margin: .15rem 0; overflow-wrap: anywhere; }
.status { color: var(--quiet); font-size: .9rem; min-height: 1.7em; }
.status.failed { color: var(--warn); }
li[part=hit] { padding: .6rem 0; border-top: 1px solid var(--line); }
a { color: var(--accent); text-underline-offset: .2em; }
a[part=link] { font-weight: 600; text-decoration: underline var(--line); }
a[part=link]:hover { text-decoration-color: inherit; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
[part=clause] { white-space: pre-line; }
[part=kind] { color: var(--quiet); font-size: .85rem; white-space: nowrap; font-weight: normal; }
[part=path], [part=also] { color: var(--quiet); font-size: .88rem; line-height: 1.5; }
[part=all] { border-top: 1px solid var(--line); padding-top: .6rem; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none; }
`)

export { looks }
