/** Text → the signed part, the bytes its signatures are over, and the signatures. Nothing here is trusted yet. */
import { encodeCanonical, type JsonValue } from "./canonical_json.ts";
import { MetadataError } from "./errors.ts";
import { Fields } from "./json_fields.ts";

export interface Envelope {
  /** What it is, for a refusal: `3.root.json`. */
  place: string;
  signed: Fields;
  /** The canonical spelling of `signed`: what was signed. */
  payload: Uint8Array<ArrayBuffer>;
  /** Key id → signature in hex. */
  signatures: Map<string, string>;
}

export function readEnvelope(place: string, text: string): Envelope {
  const fields = new Fields(place, parseJson(place, text));
  const signed = fields.fields("signed");
  const signatures = new Map<string, string>();
  for (const item of fields.list("signatures")) {
    const signature = new Fields(`${place}: signatures`, item);
    const keyid = signature.string("keyid");
    if (signatures.has(keyid)) signature.refuse("keyid", `names ${keyid} twice`);
    signatures.set(keyid, signature.string("sig"));
  }
  return { place, signed, payload: canonicalBytes(place, signed.raw), signatures };
}

function parseJson(place: string, text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new MetadataError(place, "is not JSON");
  }
}

function canonicalBytes(place: string, value: JsonValue): Uint8Array<ArrayBuffer> {
  try {
    return new TextEncoder().encode(encodeCanonical(value));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new MetadataError(place, `cannot have been signed: ${error.message}`);
  }
}
