/** Sites that the person allowed beyond the manifest's: watched at once, after a restart too, until they are taken back. */
import { onInstalled, onStartup, queryAllTabs } from "../shared/browser.ts";
import { fitsAny } from "../shared/match_patterns.ts";
import {
  allowedPatterns,
  enterTab,
  EVERY_SITE,
  manifestPatterns,
  onAccessAdded,
  onAccessRemoved,
  register,
  registeredPatterns,
  unregister,
} from "../shared/site_access.ts";

const GRANTED = "granted";

/** One change after the other: of two at once, the later would not see what the earlier registered. */
let turn: Promise<void> = Promise.resolve();

/** To be called in the worker's first turn. @param removed called when a site was taken back. */
export function listenToAccess(removed: () => Promise<void>): void {
  const followAndEnter = async () => {
    await follow();
    await enterOpenTabs();
  };
  onAccessAdded(() => inTurn(followAndEnter));
  onAccessRemoved(() =>
    inTurn(async () => {
      await follow();
      await removed();
    })
  );
  // An update of the extension forgets what is registered; a change may be missed while the browser ends. Pages may be
  // open by then already.
  onInstalled(() => inTurn(followAndEnter));
  onStartup(() => inTurn(followAndEnter));
}

function inTurn(act: () => Promise<void>): void {
  turn = turn.then(act).catch((error: unknown) => {
    console.error("Rollguard: the sites that were allowed could not be followed:", error);
  });
}

async function follow(): Promise<void> {
  const own = manifestPatterns();
  const wanted = grantedBeyond(own, await allowedPatterns());
  const before = await registeredPatterns(GRANTED);
  if (before !== null && before.toSorted().join() === wanted.join()) return;
  if (before !== null) await unregister(GRANTED);
  // Where the manifest watches, the script is there already, and must not be there twice.
  if (wanted.length > 0) await register(GRANTED, wanted, own);
}

/** Every site holds all others. */
export function grantedBeyond(own: string[], allowed: string[]): string[] {
  if (own.includes(EVERY_SITE)) return [];
  if (allowed.includes(EVERY_SITE)) return [EVERY_SITE];
  return allowed.filter((pattern) => !own.includes(pattern)).toSorted();
}

/** A page that was open before is not loaded again for us, so the script comes to it. */
async function enterOpenTabs(): Promise<void> {
  const allowed = await allowedPatterns();
  const tabs = (await queryAllTabs()).filter(({ url }) => URL.canParse(url) && fitsAny(allowed, url));
  // A tab may be gone by now, or be a store's page that no extension may enter.
  await Promise.allSettled(tabs.map(({ id }) => enterTab(id)));
}
