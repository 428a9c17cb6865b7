/**
 * Verified bytes → rules, lexicons, texts. Comes after the signature, never before.
 * A line that is broken, a record with an unknown key, a wrong shape or a newer `min_engine` is left out and named; the
 * rest stands.
 */
import {
  BUNDLE_FORMAT,
  type CompiledLexicon,
  ENGINE,
  type Remedy,
  type Rule,
  type RuleText,
  SHAPES,
  TEXTS_FORMAT,
} from "./bundle_types.ts";

export interface Bundle {
  rules: Rule[];
  lexicons: CompiledLexicon[];
  /** What was left out, and why. */
  skipped: string[];
}

/** What is said in one language. */
export interface Texts {
  texts: RuleText[];
  remedies: Remedy[];
  skipped: string[];
}

interface Known {
  rule: Rule;
  lexicon: CompiledLexicon;
  text: RuleText;
  remedy: Remedy;
}

const RECORDS: Record<keyof Known, keyof typeof SHAPES> = {
  rule: "Rule",
  lexicon: "CompiledLexicon",
  text: "RuleText",
  remedy: "Remedy",
};

/** @throws Error when the header is not one that this engine reads: then nothing of the file can be trusted to mean what it says. */
export function parseBundle(text: string): Bundle {
  const { rule, lexicon, skipped } = readRecords(text, "bundle", BUNDLE_FORMAT, ["rule", "lexicon"]);
  return { rules: rule, lexicons: lexicon, skipped };
}

/** The same for the texts of one language. */
export function parseTexts(text: string): Texts {
  const found = readRecords(text, "texts", TEXTS_FORMAT, ["text", "remedy"]);
  return { texts: found.text, remedies: found.remedy, skipped: found.skipped };
}

function readRecords(text: string, kind: string, format: number, known: (keyof Known)[]) {
  const [header = "", ...lines] = text.split("\n").filter((line) => line !== "");
  const first: unknown = JSON.parse(header);
  if (!isRecord(first) || first.kind !== kind || first.format !== format) {
    throw new Error(`${kind}: this engine reads format ${format} only`);
  }
  const found: { [Kind in keyof Known]: Known[Kind][] } = { rule: [], lexicon: [], text: [], remedy: [] };
  const skipped: string[] = [];
  for (const [at, line] of lines.entries()) {
    const parsed = parseLine(line);
    if (parsed === null) {
      skipped.push(`line ${at + 2}: no record that can be read`);
      continue;
    }
    const { kind, ...record } = parsed;
    const name = known.find((name) => name === kind);
    const problem = name === undefined
      ? "a kind of record that this version does not know"
      : problemOf(name, record);
    if (name === undefined || problem !== null) skipped.push(`${nameOf(kind, record)}: ${problem}`);
    else (found[name] as unknown[]).push(record);
  }
  return { ...found, skipped };
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

function problemOf(kind: keyof Known, record: Record<string, unknown>): string | null {
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
