/** A guard that begins with some lexicons and is given others when it asks, as in a page of the extension. */
import { DEFAULT_SETTINGS } from "../../extension/src/shared/settings.ts";
import { firstLexicons, gatesOnce, lexiconsFor } from "../../extension/src/background/page_rules.ts";
import { Guard } from "../../extension/src/content/guard.ts";
import { parseBundle } from "../../extension/src/shared/bundle.ts";

const heard: { asked: string[]; language: string | null } = { asked: [], language: null };

function listen(bundle: string, languages: string[]): void {
  const { rules, lexicons } = parseBundle(bundle);
  const guard = new Guard(
    document,
    {
      found: ({ verdict }) => heard.language = verdict.language,
      gone: () => heard.language = null,
      looked: () => {},
      wants: (wanted) => {
        heard.asked.push(...wanted);
        queueMicrotask(() => guard.learn(lexiconsFor(wanted, lexicons)));
      },
    },
    () => false,
    new AbortController().signal,
  );
  const [gates, first] = [gatesOnce(rules, lexicons), firstLexicons(languages, lexicons)];
  guard.setRules({
    version: 0,
    mutes: [],
    settings: DEFAULT_SETTINGS,
    rules,
    texts: [],
    gates,
    lexicons: first,
  });
}

Object.assign(globalThis, { rollguardLearning: { listen, heard } });
