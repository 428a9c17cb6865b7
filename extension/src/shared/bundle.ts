/**
 * Verified bytes → rules, lexicons, texts. Comes after the signature, never before.
 * A line that is broken, a record with an unknown key, a wrong shape or a newer `min_engine` is left out and named; the
 * rest stands.
 */
import {
  BUNDLE_FORMAT,
  type CompiledLexicon,
  ENGINE,
  type Rule,
  type RuleText,
  SHAPES,
} from "./bundle_types.ts";

export interface Bundle {
  rules: Rule[];
  lexicons: CompiledLexicon[];
  texts: RuleText[];
  /** What was left out, and why. */
  skipped: string[];
}

const RECORDS = { rule: "Rule", lexicon: "CompiledLexicon", text: "RuleText" } as const;

/** @throws Error when the header is not one that this engine reads: then nothing of the file can be trusted to mean what it says. */
export function parseBundle(text: string): Bundle {
  const [header = "", ...lines] = text.split("\n").filter((line) => line !== "");
  const first: unknown = JSON.parse(header);
  if (!isRecord(first) || first.kind !== "bundle" || first.format !== BUNDLE_FORMAT) {
    throw new Error(`rules.jsonl: this engine reads format ${BUNDLE_FORMAT} only`);
  }
  const bundle: Bundle = { rules: [], lexicons: [], texts: [], skipped: [] };
  for (const [at, line] of lines.entries()) {
    const parsed = parseLine(line);
    if (parsed === null) {
      bundle.skipped.push(`line ${at + 2}: no record that can be read`);
      continue;
    }
    const { kind, ...record } = parsed;
    const problem = problemOf(kind, record);
    if (problem !== null) bundle.skipped.push(`${nameOf(kind, record)}: ${problem}`);
    else if (kind === "rule") bundle.rules.push(record as unknown as Rule);
    else if (kind === "lexicon") bundle.lexicons.push(record as unknown as CompiledLexicon);
    else bundle.texts.push(record as unknown as RuleText);
  }
  return bundle;
}

/** Null where it is broken: the lines around it stand by themselves. */
function parseLine(line: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return isRecord(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function problemOf(kind: unknown, record: Record<string, unknown>): string | null {
  if (kind !== "rule" && kind !== "lexicon" && kind !== "text") {
    return "a kind of record that this version does not know";
  }
  if (kind === "rule" && typeof record.min_engine === "number" && record.min_engine > ENGINE) {
    return `needs engine ${record.min_engine}, this is ${ENGINE}`;
  }
  return shapeProblem(record, RECORDS[kind]);
}

/** The first key that is unknown, missing or of another shape; null where all fit. */
function shapeProblem(record: Record<string, unknown>, model: keyof typeof SHAPES): string | null {
  const shapes: Record<string, string> = SHAPES[model];
  const unknown = Object.keys(record).find((key) => !Object.hasOwn(shapes, key));
  if (unknown !== undefined) return `unknown key ${unknown}`;
  const wrong = Object.entries(shapes).find(([key, shape]) => !fitsShape(record[key], shape));
  return wrong === undefined ? null : `${wrong[0]} is not ${wrong[1]}`;
}

function fitsShape(value: unknown, shape: string): boolean {
  if (shape.endsWith("?")) return value === undefined || fitsShape(value, shape.slice(0, -1));
  if (shape.endsWith("[]")) {
    return Array.isArray(value) && value.every((item) => fitsShape(item, shape.slice(0, -2)));
  }
  if (shape.startsWith("{")) {
    return isRecord(value) && Object.values(value).every((item) => fitsShape(item, shape.slice(1, -1)));
  }
  if (shape === "Severity") return value === "warning" || value === "notice";
  if (Object.hasOwn(SHAPES, shape)) {
    return isRecord(value) && shapeProblem(value, shape as keyof typeof SHAPES) === null;
  }
  if (shape === "string") return typeof value === "string";
  return shape === "number" ? typeof value === "number" : typeof value === "boolean";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(kind: unknown, record: Record<string, unknown>): string {
  return String(record.id ?? record.rule ?? record.language ?? kind);
}
