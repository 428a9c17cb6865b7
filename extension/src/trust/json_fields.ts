/** Reads a JSON object field by field, and refuses by name what is not as it must be. */
import type { JsonValue } from "./canonical_json.ts";
import { MetadataError } from "./errors.ts";

export type JsonObject = { [key: string]: JsonValue };

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export class Fields {
  readonly place: string;
  readonly raw: JsonObject;

  /** @param place what the object is, for the refusal: `3.root.json: roles.timestamp`. */
  constructor(place: string, value: JsonValue | undefined) {
    if (!isJsonObject(value)) throw new MetadataError(place, "is not an object");
    this.place = place;
    this.raw = value;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.raw, name);
  }

  string(name: string): string {
    const value = this.raw[name];
    return typeof value === "string" ? value : this.refuse(name, "is not a string");
  }

  boolean(name: string): boolean {
    const value = this.raw[name];
    return typeof value === "boolean" ? value : this.refuse(name, "is neither true nor false");
  }

  integer(name: string, min: number): number {
    const value = this.raw[name];
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= min) return value;
    return this.refuse(name, `is not a whole number of at least ${min}`);
  }

  strings(name: string): string[] {
    return this.list(name).map((item) =>
      typeof item === "string" ? item : this.refuse(name, "holds something that is not a string")
    );
  }

  list(name: string): JsonValue[] {
    const value = this.raw[name];
    return Array.isArray(value) ? value : this.refuse(name, "is not a list");
  }

  fields(name: string): Fields {
    return new Fields(`${this.place}: ${name}`, this.raw[name]);
  }

  /** Every member of an object of objects, by its name. */
  entries(name: string): [string, Fields][] {
    const members = this.fields(name);
    return Object.keys(members.raw).map((key) => [key, members.fields(key)]);
  }

  refuse(name: string, problem: string): never {
    throw new MetadataError(this.place, `"${name}" ${problem}`);
  }
}
