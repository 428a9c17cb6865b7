/** How the overlay looks. Everything on `:host` is `!important`: there, inside a shadow tree, that beats any rule of the page. */
import type { Placement } from "./placement.ts";

const HOST = `
:host {
  all: initial !important;
  position: fixed !important;
  display: block !important;
  box-sizing: border-box !important;
  z-index: 2147483647 !important;
  margin: 0 !important;
  border: 0 !important;
  padding: 0 !important;
  background: transparent !important;
  overflow: visible !important;
  font: medium/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif !important;
  color-scheme: light dark !important;
  pointer-events: auto !important;
  user-select: text !important;
}
:host::backdrop { display: none !important; }
`;

const COLORS = `
.root, .bare-root {
  --surface: #ffffff; --raised: #f3f6f5; --ink: #17212b; --quiet: #51606e; --line: #d5dcdf;
  --accent: #0f6b5c; --on-accent: #ffffff; --accent-hover: #0b5548; --amber: #e8a33d; --focus: #0f6b5c;
  --shadow: 0 1px 2px rgb(10 25 30 / .12), 0 12px 36px rgb(10 25 30 / .26);
}
@media (prefers-color-scheme: dark) {
  .root, .bare-root {
    --surface: #1b2229; --raised: #242d36; --ink: #ecf1f3; --quiet: #aab7c1; --line: #3a4651;
    --accent: #7fd6c2; --on-accent: #08251f; --accent-hover: #9be3d2; --focus: #9be3d2;
    --shadow: 0 0 0 1px rgb(255 255 255 / .08), 0 12px 40px rgb(0 0 0 / .6);
  }
}
@media (prefers-contrast: more) {
  .root { --quiet: var(--ink); --line: var(--ink); }
}
`;

const CARD = `
* { box-sizing: border-box; }
.root {
  display: flex; flex-direction: column; width: 100%; max-height: inherit; overflow: hidden;
  color: var(--ink); background: var(--surface); border-radius: 14px; box-shadow: var(--shadow);
  border-top: 4px solid var(--amber); outline: none; text-align: start; overflow-wrap: anywhere;
}
.root.chip { border-top: 0; border-radius: 999px; flex-direction: row; align-items: center; width: fit-content; max-width: 100%; padding-inline: 12px 4px; gap: 8px; }
.root.quiet { border-top-color: var(--accent); }
.head { display: flex; align-items: center; gap: 8px; padding: 6px 6px 0 16px; flex: none; }
[dir=rtl] .head { padding: 6px 16px 0 6px; }
.brand { flex: 1; font-size: .8125em; font-weight: 600; color: var(--quiet); }
.mark { width: 1.375em; height: 1.375em; flex: none; }
.root.tight { overflow-y: auto; }
.tight .body { overflow-y: visible; flex: none; }
.body { overflow-y: auto; overscroll-behavior: contain; padding: 0 16px 8px; min-height: 0; scrollbar-width: thin; }
h2 { margin: 2px 0 10px; font-size: 1.125em; line-height: 1.3; font-weight: 650; text-wrap: pretty; }
h3 { margin: 0 0 2px; font-size: .8125em; font-weight: 650; color: var(--accent); }
p { margin: 0; font-size: .875em; }
ul, ol { margin: 0; padding: 0; list-style: none; font-size: .875em; }
ol { list-style: decimal; padding-inline-start: 1.4em; }
ol li { padding-block: 2px; }
.facts { border-block: 1px solid var(--line); margin-bottom: 12px; }
.facts > li + li { border-top: 1px solid var(--line); }
.decline { background: var(--raised); border-radius: 10px; padding: 10px 12px; }
details > :not(summary) { padding-block-end: 12px; color: var(--quiet); }
details p + p, details p + dl, details dl + p { margin-top: 6px; }
summary { display: flex; align-items: center; gap: 8px; min-height: 44px; margin-inline: -8px; padding: 6px 8px; cursor: pointer; list-style: none; border-radius: 6px; }
summary::-webkit-details-marker { display: none; }
summary > .label { flex: 1; }
.chevron { width: 1.125em; height: 1.125em; flex: none; color: var(--quiet); transition: transform .15s; }
.hint { font-size: .857em; color: var(--quiet); }
details[open] > summary > .chevron { transform: rotate(180deg); }
.folds { margin-top: 6px; font-size: .875em; }
.folds p, .folds ol, .folds ul, .folds dl, .folds button { font-size: 1em; }
.folds details + details { border-top: 1px solid var(--line); }
.folds summary { color: var(--quiet); }
dl { margin: 0; display: grid; grid-template-columns: auto 1fr; gap: 4px 12px; }
dt { color: var(--quiet); }
dd { margin: 0; color: var(--ink); }
q { quotes: "“" "”"; }
q + q::before { margin-inline-start: .4em; }
a { color: var(--accent); text-underline-offset: 2px; display: inline-block; padding-block: 4px; }
.foot { display: flex; flex-wrap: wrap; gap: 6px 8px; padding: 12px 16px 8px; border-top: 1px solid var(--line); flex: none; }
button {
  appearance: none; font: inherit; font-size: .875em; font-weight: 600; line-height: 1.25; color: var(--accent); background: transparent;
  border: 1px solid var(--line); border-radius: 10px; min-height: 44px; min-width: 44px; padding: 6px 12px; cursor: pointer; margin: 0;
}
.foot button { flex: 1 1 auto; }
.foot .press, .foot .show { flex-basis: 100%; }
.mutes { display: grid; gap: 6px; }
.mutes button { width: 100%; text-align: start; }
pre {
  width: 100%; max-height: 12em; overflow-y: auto; margin: 8px 0; padding: 8px; border: 1px solid var(--line); border-radius: 8px;
  white-space: pre-wrap; text-align: left;
  font: .857em/1.5 ui-monospace, Menlo, Consolas, monospace; color: var(--ink); background: var(--raised);
}
.press, .show { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
button:hover { background: var(--raised); }
.press:hover, .show:hover { background: var(--accent-hover); }
button.bare { border-color: transparent; padding: 0; display: grid; place-items: center; color: var(--quiet); }
.chip .open { border-color: transparent; padding: 6px 4px; color: var(--ink); font-weight: 500; text-align: start; flex: 1; }
.chip .open:hover { background: transparent; text-decoration: underline; }
.said { flex: 1; font-size: .875em; padding-block: 6px; }
.undo { border-color: transparent; }
.more { color: var(--accent); font-weight: 600; white-space: nowrap; }
svg { fill: none; }
.stroke path { stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.bare svg { width: 1.25em; height: 1.25em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.body :focus-visible { outline-offset: -3px; }
.root:focus-visible { outline: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) {
  .root { border: 2px solid CanvasText; }
  .press, .show { border: 2px solid ButtonText; }
}
@media (prefers-reduced-motion: no-preference) {
  .root { animation: arrive .18s ease-out; }
  @keyframes arrive { from { opacity: 0; transform: translateY(6px); } }
}
@media (prefers-reduced-motion: reduce) {
  .chevron { transition: none; }
}
`;

/** Where the host stands, as a rule of the shadow tree: the page can write to the style attribute, not to this. */
function placementStyle({ left, top, width, height }: Placement): string {
  return `:host { inset: auto !important; left: ${left}px !important; top: ${top}px !important; ` +
    `width: ${width}px !important; max-width: none !important; max-height: ${height}px !important; }`;
}

/** Dresses the shadow tree; the answer moves its host. */
export function styleOverlay(shadow: ShadowRoot): (placement: Placement) => void {
  addSheet(shadow)(HOST + COLORS + CARD);
  const write = addSheet(shadow);
  return (placement) => write(placementStyle(placement));
}

/**
 * A constructed sheet is beyond the page's Content-Security-Policy. Firefox 153 and Chromium 156 allow it to content
 * scripts; where it is refused, or a page has spoilt the constructor for a userscript, a style element has to do.
 */
export function addSheet(shadow: ShadowRoot): (css: string) => void {
  try {
    const sheet = new CSSStyleSheet();
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
    return (css) => sheet.replaceSync(css);
  } catch {
    const element = document.createElement("style");
    shadow.append(element);
    return (css) => {
      element.textContent = css;
    };
  }
}
