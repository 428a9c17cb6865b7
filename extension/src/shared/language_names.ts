/** Names under which browsers and pages know a language that has another one here. */
const OTHER_NAMES: Record<string, string> = {
  ...{ no: "nb", nn: "nb", fil: "tl", iw: "he", in: "id", bs: "hr", sh: "sr" },
  ...{ zh: "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant" },
};

/** A language as browsers write it ("pt-BR", "zh_Hant_TW") → what it may be called here, the closest first. */
export function namesOf(code: string): string[] {
  const parts = code.split(/[-_]/);
  const names = parts.map((_part, at) => parts.slice(0, parts.length - at).join("-"));
  return [...new Set(names.flatMap((name) => [name, OTHER_NAMES[name] ?? name]))];
}
