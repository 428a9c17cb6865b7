/// <reference lib="deno.ns" />
/**
 * Spoilt metadata and bundles: never a crash, never a wrong acceptance. `python -m tests.bench mutations` makes a
 * million of them.
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { type Bundle, parseBundle, parseTexts, type Texts } from "../../extension/src/shared/bundle.ts";
import { encodeCanonical } from "../../extension/src/trust/canonical_json.ts";
import { patchBundle } from "../../extension/src/trust/delta.ts";
import { readEnvelope } from "../../extension/src/trust/envelope.ts";
import { RepositoryError } from "../../extension/src/trust/errors.ts";
import {
  parseRoot,
  parseSnapshot,
  parseTargets,
  parseTimestamp,
} from "../../extension/src/trust/metadata.ts";
import { parseRecall } from "../../extension/src/trust/recall.ts";
import { TrustedSet, verifyRoot } from "../../extension/src/trust/trusted_set.ts";
import { readVouchedTarget, verifyVouchedTarget } from "../../extension/src/trust/vouched_target.ts";
import { fc } from "../fuzz/naughty.ts";
import { bundleOf, ruleLine, textsOf } from "./bundles.ts";
import { Recaller } from "./channel_install.ts";
import { mutation, RUNS } from "./mutations.ts";
import { RepositorySimulator } from "./repository_simulator.ts";

const OPTIONS = { numRuns: RUNS };
/** What checks signatures takes WebCrypto's time. */
const FEWER = { numRuns: Math.ceil(RUNS / 5) };

const repository = await RepositorySimulator.start(bundleOf("a", "b"));
await Recaller.appoint(repository);
await repository.release(bundleOf("a", { id: "b", rollout: { percent: 10, salt: "x" } }));
const baked = repository.bake();
const TEXTS = {
  root: baked.root,
  timestamp: baked.timestamp,
  snapshot: baked.snapshot,
  targets: baked.targets,
};
const PARSERS = {
  root: parseRoot,
  timestamp: parseTimestamp,
  snapshot: parseSnapshot,
  targets: parseTargets,
};
const ROLES = Object.keys(TEXTS) as (keyof typeof TEXTS)[];
const signedPart = (text: string) => encodeCanonical(JSON.parse(text).signed);

for (const role of ROLES) {
  Deno.test(`a spoilt ${role} is parsed into its own kinds of values, or refused by name`, () => {
    fc.assert(
      fc.property(mutation, (spoil) => {
        try {
          const { signed, payload } = readEnvelope(`${role}.json`, spoil(TEXTS[role]));
          const { version, expires } = PARSERS[role](signed);
          ok(Number.isSafeInteger(version) && version >= 1 && Number.isSafeInteger(expires));
          ok(payload.length > 0);
        } catch (error) {
          if (!(error instanceof RepositoryError)) throw error;
        }
      }),
      OPTIONS,
    );
  });
}

/** Adopts a text in the place of the role's, with everything before it in order. */
async function adopt(role: keyof typeof TEXTS, text: string): Promise<void> {
  const set = new TrustedSet({ root: await verifyRoot(role === "root" ? text : TEXTS.root), text: "" }, 0);
  if (role === "root") return;
  await set.adoptTimestamp(role === "timestamp" ? text : TEXTS.timestamp);
  if (role === "timestamp") return;
  await set.adoptSnapshot(role === "snapshot" ? text : TEXTS.snapshot);
  if (role === "targets") await set.verifyTargets(text, "targets", set.root);
}

for (const role of ROLES) {
  // A root's keys vouch for themselves; who starts from it has to know it. So only signed words are told apart there.
  Deno.test(`a spoilt ${role} is accepted only where it says, to the letter, what was signed`, async () => {
    await fc.assert(
      fc.asyncProperty(mutation, async (spoil) => {
        const text = spoil(TEXTS[role]);
        try {
          await adopt(role, text);
        } catch (error) {
          if (error instanceof RepositoryError) return;
          throw error;
        }
        deepStrictEqual(signedPart(text), signedPart(TEXTS[role]));
      }),
      FEWER,
    );
  });
}

Deno.test("a spoilt pair of rules and metadata in the storage is used only where the rules are those signed", async () => {
  const chain = [{ role: "targets", text: baked.targets }];
  const kept = JSON.stringify({ root: baked.root, chain, text: baked.files["rules.jsonl"] });
  const root = await verifyRoot(baked.root);
  await fc.assert(
    fc.asyncProperty(mutation, async (spoil) => {
      try {
        const target = readVouchedTarget("rules.jsonl", spoil(kept));
        const { text } = await verifyVouchedTarget(target, "rules.jsonl", root);
        deepStrictEqual(text, baked.files["rules.jsonl"]);
      } catch (error) {
        if (!(error instanceof RepositoryError)) throw error;
      }
    }),
    FEWER,
  );
});

/** Every word of a bundle that is used somewhere can be used there. */
function requireUsable({ rules, lexicons, skipped }: Bundle): void {
  for (const rule of rules) {
    ok(
      [rule.id, rule.summary, rule.product, rule.title_forbids.join()].every((word) =>
        typeof word === "string"
      ),
    );
    ok(rule.severity === "warning" || rule.severity === "notice");
    ok(rule.match_patterns.every((pattern) => typeof pattern === "string"));
    ok(rule.rollout === undefined || typeof rule.rollout.salt === "string");
  }
  for (const { slots } of lexicons) ok(Object.values(slots).every((words) => typeof words === "string"));
  ok(skipped.every((reason) => typeof reason === "string"));
}

const LEXICON =
  '{"kind":"lexicon","language":"en","slots":{"ai":"ai|machine learning"},"starts":{"ai":"ai machine"}}';
const BUNDLE = bundleOf("a", { id: "b", rollout: { percent: 10, salt: "x" } }) + LEXICON;

Deno.test("a spoilt bundle is refused with an error, or holds only what can be used", () => {
  fc.assert(
    fc.property(mutation, (spoil) => {
      let bundle: Bundle;
      try {
        bundle = parseBundle(spoil(BUNDLE));
      } catch (error) {
        return ok(error instanceof Error);
      }
      requireUsable(bundle);
    }),
    OPTIONS,
  );
});

Deno.test("spoilt texts are refused with an error, or hold only what can be shown", () => {
  const file = textsOf("de", { rule: "a", consequences: [{ text: "Es lädt hoch.", source: "x" }] });
  fc.assert(
    fc.property(mutation, (spoil) => {
      let found: Texts;
      try {
        found = parseTexts(spoil(file));
      } catch (error) {
        return ok(error instanceof Error);
      }
      for (const { rule, title, decline, turn_off, consequences } of found.texts) {
        const cited = consequences.flatMap(({ text, source }) => [text, source]);
        ok([rule, title, decline, ...turn_off, ...cited].every((word) => typeof word === "string"));
      }
    }),
    OPTIONS,
  );
});

Deno.test("a spoilt recall names rules, or takes all", () => {
  const text = '{"format":1,"all":false,"rules":["a","b"]}';
  fc.assert(
    fc.property(mutation, (spoil) => {
      const { rules, isAll } = parseRecall(spoil(text));
      ok(typeof isAll === "boolean" && [...rules].every((rule) => typeof rule === "string"));
    }),
    OPTIONS,
  );
});

Deno.test("a spoilt delta is refused with an error, or makes lines", () => {
  const text = JSON.stringify({ format: 1, remove: ["rule/a"], set: [ruleLine({ id: "c" })] });
  fc.assert(
    fc.property(mutation, (spoil) => {
      try {
        ok(patchBundle(bundleOf("a", "b"), spoil(text)).endsWith("\n"));
      } catch (error) {
        ok(error instanceof SyntaxError || error instanceof RepositoryError, String(error));
      }
    }),
    OPTIONS,
  );
});
