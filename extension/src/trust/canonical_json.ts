/**
 * The one spelling of a JSON value that signatures are made over: keys sorted by code point, no white space,
 * whole numbers only, and nothing escaped but quote and backslash (OLPC canonical JSON).
 */

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** Deeper nesting than any metadata has: a hostile file must not exhaust the stack. */
const MAX_DEPTH = 64;
/** With the `u` flag, a pair of surrogates is one character; only a lone one is left to match. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** @throws TypeError where the value has no canonical spelling. */
export function encodeCanonical(value: JsonValue, depth = 0): string {
  if (depth > MAX_DEPTH) throw new TypeError(`nested deeper than ${MAX_DEPTH} levels`);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") return encodeString(value);
  if (Array.isArray(value)) return `[${value.map((item) => encodeCanonical(item, depth + 1)).join(",")}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([key, item]) => `${encodeString(key)}:${encodeCanonical(item, depth + 1)}`);
  return `{${members.join(",")}}`;
}

function encodeNumber(value: number): string {
  // Beyond the safe range JSON.parse has already rounded it: the bytes signed are no longer known.
  if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not a whole number that fits 53 bits`);
  return String(value);
}

function encodeString(value: string): string {
  if (LONE_SURROGATE.test(value)) throw new TypeError("a string holds half a character");
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/** JavaScript's own order is by UTF-16 unit, which puts emoji before U+FB00; the signers' is by code point. */
function compareCodePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
