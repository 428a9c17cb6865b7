/** "Why am I seeing this?" and what a report of a mistake would say: the proof, and nothing personal beyond its words. */
import { make } from "../shared/elements.ts";
import type { MessageKey } from "../shared/message_keys.ts";
import type { Warning } from "../shared/messages.ts";
import type { Translate } from "../shared/translate.ts";
import { MUTED_DECLINE, NO_DECLINE, PRE_TICKED } from "./asymmetry.ts";

const ASYMMETRY = new Map<string, MessageKey>([
  [NO_DECLINE, "overlayAsymmetryNoDecline"],
  [MUTED_DECLINE, "overlayAsymmetryMuted"],
  [PRE_TICKED, "overlayAsymmetryTicked"],
]);

export function makeEvidence(warning: Warning, siteHost: string, translate: Translate): Node[] {
  const { verdict, rule, rulesVersion, host, severity } = warning;
  const quotes = wordsOf(warning).map((each) =>
    make("q", { lang: verdict.language ?? "", dir: "auto" }, each)
  );
  const version = rulesVersion === 0 ? translate("overlayWhyBuiltIn") : String(rulesVersion);
  const kind = severity === "warning" ? "overlaySeverityWarning" : "overlaySeverityNotice";
  const rows: [string, (Node | string)[]][] = [[translate("overlayWhyWords"), quotes]];
  const uneven = verdict.asymmetry.flatMap((each) => ASYMMETRY.get(each) ?? []);
  if (uneven.length > 0) {
    rows.push([translate("overlayWhyChoice"), uneven.map((key) => make("p", {}, translate(key)))]);
  }
  rows.push(
    [translate("overlayWhySeverity"), [translate(kind)]],
    [translate("overlayWhyRule"), [rule.id]],
    [translate("overlayWhyVersion"), [version]],
  );
  if (host !== siteHost) {
    rows.push([translate("overlayWhyFrame"), [translate("overlayWhyFrameHost", [host, siteHost])]]);
  }
  const terms = rows.flatMap(([term, said]) => [make("dt", {}, term), make("dd", {}, ...said)]);
  return [
    make("p", {}, translate("overlayWhyIntro")),
    make("dl", {}, ...terms),
    make("p", {}, translate("overlayPromise")),
  ];
}

/** For maintainers, so not in the person's language: a host without a path, and no words but those that met the rule. */
export function reportText(warning: Warning): string {
  const { verdict, rule, rulesVersion, host, severity } = warning;
  return [
    `rule: ${rule.id}`,
    `rules version: ${rulesVersion}`,
    `verdict: ${severity}`,
    `language: ${verdict.language ?? ""}`,
    `words: ${wordsOf(warning).map((each) => JSON.stringify(each)).join(", ")}`,
    `accept: ${JSON.stringify(verdict.accept?.label ?? "")}`,
    `decline: ${JSON.stringify(verdict.decline?.label ?? "")}`,
    `choice: ${verdict.asymmetry.join(", ")}`,
    `host: ${host}`,
  ].join("\n");
}

function wordsOf({ verdict }: Warning): string[] {
  return [...new Set(verdict.evidence.map((each) => each.words))];
}
