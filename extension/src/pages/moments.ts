/** Moments in the person's language. Plurals and the order of the words are the browser's business. */

/** "3 days ago"; null for no moment. */
export function formatAge(moment: string, now: Date, language: string): string | null {
  const seconds = (Date.parse(moment) - now.getTime()) / 1000;
  if (Number.isNaN(seconds)) return null;
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const units: [Intl.RelativeTimeFormatUnit, number][] = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  // A service's clock a little ahead of ours is no news from the future.
  return words.format(Math.min(0, Math.trunc(seconds)), "second");
}

/** "30 November 2026"; empty for no moment. */
export function formatDay(moment: string, language: string): string {
  const time = Date.parse(moment);
  return Number.isNaN(time) ? "" : new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(time);
}
