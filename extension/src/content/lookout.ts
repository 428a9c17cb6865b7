/** Changes in, suspects out: searches what came, keeps what may ask, has it judged when it may say something else. */
import type { Rule } from "../shared/bundle_types.ts";
import type { PauseReason } from "../shared/messages.ts";
import { Address } from "./address.ts";
import { cameApart, type Changes } from "./changes.ts";
import { CONTROL } from "./labels.ts";
import type { LookoutHost } from "./lookout_host.ts";
import type { Suspects as Unit } from "./matcher.ts";
import { pauseOf, Unrest } from "./pause.ts";
import { Promises } from "./promises.ts";
import { Rendered } from "./rendered.ts";
import { Search } from "./search.ts";
import { ShadowDoors } from "./shadow_doors.ts";
import { Slices } from "./slices.ts";
import { Suspects } from "./suspects.ts";
import { closestTo } from "./tree.ts";
import { Watch } from "./watch.ts";

/** Roots may be attached at any time, and nothing tells: elements that could be hosts are asked so often. */
const ASK_AGAIN_MS = 1_000;
/** Of the main thread's time. */
const [SHARE, WALKING_SHARE] = [0.05, 0.1];

export class Lookout {
  readonly #page: Document;
  readonly #host: LookoutHost;
  readonly #ending = new AbortController();
  readonly #doors = new ShadowDoors();
  readonly #suspects = new Suspects();
  readonly #search: Search;
  /** For what is new, at once; and for what is large, beside it. */
  readonly #slices: Slices;
  readonly #walk: Slices;
  readonly #watch: Watch;
  readonly #rendered: Rendered;
  readonly #promises: Promises;
  readonly #address = new Address();
  readonly #unrest = new Unrest();
  #isPageDue = false;
  #isMissed = false;

  constructor(page: Document, host: LookoutHost, signal: AbortSignal) {
    this.#page = page;
    this.#host = host;
    const ending = AbortSignal.any([signal, this.#ending.signal]);
    this.#promises = new Promises(host.mayAccept);
    this.#search = new Search({
      control: CONTROL,
      isDull: (element) => this.#promises.isDull(element),
      foundDialog: (element) => host.isOurs(element) || this.#suspect(this.#suspects.addDialog(element)),
      foundControl: (element) => this.#foundControl(element),
      foundRoot: (root) => this.#watch.watchTree(root),
    }, this.#doors);
    this.#slices = new Slices((isLate) => this.#work(isLate), SHARE, ending);
    this.#walk = new Slices((isLate) => this.#walkOn(isLate), WALKING_SHARE, ending);
    this.#watch = new Watch(page, host.isOurs, (changes) => this.#onChanges(changes), ending);
    this.#rendered = new Rendered((element) => {
      this.#suspects.touchOne(element);
      this.#slices.wake();
    }, ending);
    const asking = setInterval(() => this.#askAgain(), ASK_AGAIN_MS);
    ending.addEventListener("abort", () => clearInterval(asking), { once: true });
  }

  stop(): void {
    this.#ending.abort();
  }

  /** What keeps us from looking now, and for how long; null: nothing. */
  get pause(): { reason: PauseReason; seconds: number } | null {
    const [looking, walking] = [this.#slices.resumesAt, this.#walk.resumesAt];
    const { dueCount } = this.#suspects;
    return pauseOf({ looking, walking, dueCount }, this.#unrest, performance.now());
  }

  lookAtEverything(rules: Rule[]): void {
    this.#address.use(rules);
    this.#promises.clear();
    this.#startOver();
    this.#slices.wake();
  }

  /** A walk goes on to its end, or it would never come to one; then it begins anew. */
  #startOver(): void {
    this.#suspects.touchAll();
    this.#isPageDue = true;
    this.#isMissed = this.#search.isWalking;
    if (!this.#isMissed) this.#search.startOver(this.#page);
  }

  #onChanges(changes: Changes): void {
    this.#unrest.note(performance.now());
    if (changes.isEverything || this.#search.isFull) this.#startOver();
    for (const element of cameApart(changes)) this.#search.add(element);
    for (const element of changes.became) this.#search.lookAt(element);
    for (const element of changes.touched) this.#lookAtLabel(element);
    this.#suspects.touch(changes.touched);
    this.#suspects.touchLooks(changes.looks, (suspect) => this.#rendered.isFollowed(suspect));
    if (changes.looks.size > 0) this.#address.mayBeAnother();
    this.#isPageDue ||= changes.came.size + changes.touched.size + changes.looks.size > 0;
    if (!this.#isAtRest) this.#slices.wake();
  }

  /** Nobody is suspected, and nothing came in which anybody could be: the common case on a feed. */
  get #isAtRest(): boolean {
    const isNobody = this.#suspects.isEmpty && this.#search.isDone;
    return isNobody && !this.#address.isConsentPage && this.#address.isSame(this.#page);
  }

  /** A button that gets its words late may be promising only now. */
  #lookAtLabel(element: Element): void {
    const control = closestTo(element, CONTROL);
    if (control !== null) this.#foundControl(control);
  }

  #work(isLate: () => boolean): boolean {
    if (this.#address.isAnother(this.#page)) {
      this.#isPageDue = true;
      this.#suspects.touchAll();
    }
    this.#suspects.dropGone().forEach((gone) => {
      this.#rendered.unfollow(gone);
      this.#host.gone(gone);
    });
    this.#lookThrough(() => {
      this.#search.work(isLate);
      if (!isLate()) this.#search.walk(isLate);
    });
    // One at least, however long the search has taken: what came is told of before it is painted.
    do {
      const suspect = this.#suspects.takeDue();
      if (suspect === null) break;
      this.#judge(suspect, this.#suspects.unitOf(suspect));
    } while (!isLate());
    if (this.#isPageDue && !isLate()) this.#judgePage();
    this.#host.looked();
    if (this.#search.isWalking) this.#walk.wakeLater();
    return !this.#search.isDone || this.#suspects.dueCount > 0 || this.#isPageDue;
  }

  #judgePage(): void {
    this.#isPageDue = false;
    if (this.#address.isConsentPage) this.#judge(this.#page, { dialogs: [], controls: [] });
    else this.#host.gone(this.#page);
  }

  #walkOn(isLate: () => boolean): boolean {
    this.#lookThrough(() => this.#search.walk(isLate));
    if (this.#isMissed && !this.#search.isWalking) this.#startOver();
    if (this.#suspects.dueCount > 0 || !this.#search.isDone) this.#slices.wakeLater();
    return this.#search.isWalking;
  }

  #lookThrough(search: () => void): void {
    try {
      search();
    } catch (error) {
      console.warn("Rollguard: a part of this page could not be searched:", error);
    }
  }

  /** Our failure with one suspect is never the page's, and never the end of watching. */
  #judge(suspect: Element | Document, unit: Unit): void {
    try {
      const isPossible = this.#host.judge(suspect, unit);
      if (suspect instanceof Document) return;
      if (isPossible) this.#rendered.follow(suspect);
      else this.#rendered.unfollow(suspect);
    } catch (error) {
      console.warn("Rollguard: a part of this page could not be judged:", error);
    }
  }

  #foundControl(element: Element): void {
    if (this.#promises.has(element)) this.#suspect(this.#suspects.addControl(element));
  }

  #suspect(zone: Element | null): void {
    if (zone !== null) this.#watch.watchZone(zone);
  }

  #askAgain(): void {
    if (this.#page.visibilityState === "hidden" || !this.#doors.isWaiting) return;
    for (const root of this.#doors.openLate()) {
      this.#watch.watchTree(root);
      this.#search.add(root);
    }
    if (!this.#search.isDone) this.#slices.wake();
  }
}
