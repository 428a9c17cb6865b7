/** Page → moments at which a dialog may have come, changed or gone. Stops with its signal. */

/** What a dialog's coming and going changes; everything else on a page is none of our business. */
const ATTRIBUTES = [
  "open",
  "hidden",
  "role",
  "aria-modal",
  "aria-hidden",
  "aria-label",
  "class",
  "style",
  "popover",
];
const MIN_INTERVAL_MS = 100;
/** A scan may take one twentieth of the time, no more: a slow page is looked at less often, never never. */
const REST_FACTOR = 20;

/**
 * Calls `scan` at once when a quiet page changes (an observer's callback runs before the next paint), later when
 * scans come thick. `scan` answers after how many milliseconds it wants to look again anyway; null: only on changes.
 */
export function watchPage(
  page: Document,
  isOurs: (node: Node) => boolean,
  scan: () => number | null,
  signal: AbortSignal,
): { scanNow(): void } {
  let notBefore = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const run = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (signal.aborted) return;
    const start = performance.now();
    const again = tryTo(scan);
    const end = performance.now();
    notBefore = end + Math.max(MIN_INTERVAL_MS, REST_FACTOR * (end - start));
    if (again !== null) timer = setTimeout(run, Math.max(again, notBefore - end));
  };
  const wake = (): void => {
    const wait = notBefore - performance.now();
    if (wait <= 0) return run();
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };

  const observer = new MutationObserver((records) => {
    if (!records.every((record) => isOurRecord(record, isOurs))) wake();
  });
  observer.observe(page, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
  // A popover opens and a transition ends without any mutation; a page comes back from the cache as it was.
  for (const type of ["toggle", "transitionend", "animationend"]) {
    page.addEventListener(type, wake, { capture: true, passive: true, signal });
  }
  globalThis.addEventListener("pageshow", wake, { signal });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    clearTimeout(timer);
  }, { once: true });
  return { scanNow: run };
}

/** Our failure is never the page's, and never the end of watching. */
function tryTo(scan: () => number | null): number | null {
  try {
    return scan();
  } catch (error) {
    console.warn("Rollguard: this page could not be judged:", error);
    return null;
  }
}

function isOurRecord(record: MutationRecord, isOurs: (node: Node) => boolean): boolean {
  if (isOurs(record.target)) return true;
  const nodes = [...record.addedNodes, ...record.removedNodes];
  return nodes.length > 0 && nodes.every(isOurs);
}
