/** ECDSA P-256 signatures travel as DER (SEQUENCE of two INTEGERs); WebCrypto wants 32 bytes of r, then 32 of s. */

const COORDINATE_BYTES = 32;
const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** Null where the bytes are no such signature. */
export function rawEcdsaSignature(der: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2) return null;
  const r = readInteger(der, 2);
  const s = r && readInteger(der, r.end);
  if (!r || !s || s.end !== der.length) return null;
  const raw = new Uint8Array(2 * COORDINATE_BYTES);
  raw.set(r.value, COORDINATE_BYTES - r.value.length);
  raw.set(s.value, raw.length - s.value.length);
  return raw;
}

function readInteger(der: Uint8Array, at: number): { value: Uint8Array; end: number } | null {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  if (der[at] !== INTEGER || length === 0 || end > der.length) return null;
  const start = der[at + 2] === 0 ? at + 3 : at + 2; // a zero byte in front only says: positive
  return end - start > COORDINATE_BYTES ? null : { value: der.subarray(start, end), end };
}
