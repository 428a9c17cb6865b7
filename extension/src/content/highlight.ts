/**
 * The dialog's decisive words, marked in place: through the CSS Custom Highlight API, which changes nothing of the page's tree.
 * Where a browser does not lend it to us, nothing is marked, and the card quotes the words anyway.
 */
const NAME = "rollguard-words";
const STYLE = `
::highlight(${NAME}) { background-color: #ffe08a; color: #1d1a10; }
@media (forced-colors: active) { ::highlight(${NAME}) { background-color: Mark; color: MarkText; } }
`;

type Root = Document | ShadowRoot;

/** @returns takes the marks away again. */
export function highlight(places: StaticRange[]): () => void {
  if (places.length === 0) return () => {};
  try {
    return mark(places.flatMap(liveRange));
  } catch {
    return () => {};
  }
}

function mark(ranges: Range[]): () => void {
  CSS.highlights.set(NAME, new Highlight(...ranges));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  const roots = new Set(ranges.map((range) => range.startContainer.getRootNode()).filter(isRoot));
  for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    CSS.highlights.delete(NAME);
    for (const root of roots) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((each) => each !== sheet);
    }
  };
}

/** The page may have changed since the words were read. */
function liveRange({ startContainer, startOffset, endContainer, endOffset }: StaticRange): Range[] {
  const range = new Range();
  try {
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
  } catch {
    return [];
  }
  return range.collapsed ? [] : [range];
}

function isRoot(node: Node): node is Root {
  return node instanceof Document || node instanceof ShadowRoot;
}
