/** Ways to spoil a text: bytes flipped, cut, doubled and swapped, and JSON values exchanged for others. */
import type { JsonValue } from "../../extension/src/trust/canonical_json.ts";
import { fc, NAUGHTY } from "../fuzz/naughty.ts";

/** `deno test … -- 1000000` tries that often. */
export const RUNS = Number(Deno.args[0] ?? 1_000);

const STRANGE: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(null, true, false, 0, -0, 1, -1, 2, 99, 2 ** 53, 1e308, 0.5, "", "1", [], {}, [
    [],
  ]),
  fc.constantFrom<JsonValue>("root", "__proto__", "constructor", "2030-06-30T12:00:00Z", "\ud800", "é"),
  fc.constantFrom(...NAUGHTY),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
);

const textual = fc.record({
  kind: fc.constantFrom("flip", "cut", "drop", "double", "swap", "insert"),
  at: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  bit: fc.integer({ min: 0, max: 6 }),
  piece: fc.oneof(
    fc.string({ unit: "binary", maxLength: 5 }),
    fc.constantFrom('"', "{", "}", "[", "]", ",", ":", "\\", "\n", "\u0000", "\ufeff", "1e999", "__proto__"),
  ),
});

const structural = fc.record({
  kind: fc.constantFrom("replace", "remove", "rename", "copy"),
  at: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
  from: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
  value: STRANGE,
  name: fc.oneof(
    fc.constantFrom("__proto__", "constructor", "signed", "keyid", "version", "kind", ""),
    fc.string(),
  ),
});

type Mutation = (text: string) => string;

/** One to three changes to one text; a failure prints them. */
export const mutation: fc.Arbitrary<Mutation> = fc.array(fc.oneof(textual, structural), {
  minLength: 1,
  maxLength: 3,
}).map((changes) =>
  Object.assign(
    (text: string) => changes.reduce((changed, change) => apply(change)(changed), text),
    { [fc.toStringMethod]: () => JSON.stringify(changes) },
  )
);

type Textual = typeof textual extends fc.Arbitrary<infer T> ? T : never;
type Structural = typeof structural extends fc.Arbitrary<infer T> ? T : never;

function apply(change: Textual | Structural): Mutation {
  return "value" in change ? changeJson(change) : changeText(change);
}

function changeText({ kind, at: share, length, bit, piece }: Textual): Mutation {
  return (text) => {
    const at = Math.floor(share * text.length);
    const [before, part, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
    switch (kind) {
      case "flip":
        return before + String.fromCharCode((text.charCodeAt(at) || 0) ^ (1 << bit)) + text.slice(at + 1);
      case "cut":
        return before;
      case "drop":
        return before + after;
      case "double":
        return before + part + part + after;
      case "swap":
        return before + after.slice(0, length) + part + after.slice(length);
      default:
        return before + piece + part + after;
    }
  };
}

/** Of a file with one JSON value, or with one in each line. */
function changeJson(change: Structural): Mutation {
  return (text) => {
    const lines = text.split("\n");
    const at = Math.floor(change.from * lines.length);
    try {
      lines[at] = JSON.stringify(changeValue(JSON.parse(lines[at] ?? ""), change));
    } catch {
      return text; // an earlier change has spoilt it
    }
    return lines.join("\n");
  };
}

interface Place {
  holder: Record<string, JsonValue> | JsonValue[];
  key: string;
}

function changeValue(root: JsonValue, { kind, at, from, value, name }: Structural): JsonValue {
  const places = placesIn(root);
  const [place, other] = [at, from].map((share) => places[Math.floor(share * places.length)]);
  if (place === undefined || other === undefined) return value;
  const holder = place.holder as Record<string, JsonValue>;
  const found = holder[place.key] ?? null;
  if (kind === "replace") holder[place.key] = value;
  else if (kind === "copy") {
    holder[place.key] = structuredClone((other.holder as typeof holder)[other.key] ?? null);
  } else delete holder[place.key];
  if (kind === "rename") {
    Object.defineProperty(holder, name, { value: found, enumerable: true, configurable: true });
  }
  return root;
}

function placesIn(value: JsonValue): Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    { holder: value, key },
    ...placesIn(item),
  ]);
}
