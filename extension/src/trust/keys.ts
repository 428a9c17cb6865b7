/** One public key and one signature: WebCrypto's Ed25519, ECDSA P-256 and RSA-PSS. */
import { rawEcdsaSignature } from "./ecdsa_signature.ts";
import { toHex } from "./hashes.ts";

export interface PublicKey {
  keytype: string;
  scheme: string;
  /** Hex for ed25519, PEM for the others. */
  value: string;
}

/** A key that this browser can use. */
export interface VerifyingKey {
  /** Two keys with the same identity are one key, whatever they are listed as. */
  identity: string;
  verifies(payload: Uint8Array<ArrayBuffer>, signatureHex: string): Promise<boolean>;
}

interface Scheme {
  keytypes: string[];
  format: "raw" | "spki";
  importAs: Algorithm | EcKeyImportParams | RsaHashedImportParams;
  verifyAs: Algorithm | EcdsaParams | RsaPssParams;
  /** What the signature's bytes are in WebCrypto's own layout; null where they are none. */
  toRaw(signature: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null;
}

const SCHEMES = new Map<string, Scheme>([
  ["ed25519", {
    keytypes: ["ed25519"],
    format: "raw",
    importAs: { name: "Ed25519" },
    verifyAs: { name: "Ed25519" },
    toRaw: (signature) => signature,
  }],
  ["ecdsa-sha2-nistp256", {
    keytypes: ["ecdsa", "ecdsa-sha2-nistp256"], // the second is what older repositories write
    format: "spki",
    importAs: { name: "ECDSA", namedCurve: "P-256" },
    verifyAs: { name: "ECDSA", hash: "SHA-256" },
    toRaw: rawEcdsaSignature,
  }],
  ["rsassa-pss-sha256", {
    keytypes: ["rsa"],
    format: "spki",
    importAs: { name: "RSA-PSS", hash: "SHA-256" },
    verifyAs: { name: "RSA-PSS", saltLength: 32 },
    toRaw: (signature) => signature,
  }],
]);

const PEM = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/;

/** Null where this browser cannot use the key: an unknown scheme, a broken key, an older browser without Ed25519. */
export async function importKey(key: PublicKey): Promise<VerifyingKey | null> {
  const scheme = SCHEMES.get(key.scheme);
  if (scheme === undefined || !scheme.keytypes.includes(key.keytype)) return null;
  const bytes = scheme.format === "raw" ? fromHex(key.value) : fromPem(key.value);
  if (bytes === null) return null;
  try {
    const cryptoKey = await crypto.subtle.importKey(scheme.format, bytes, scheme.importAs, true, ["verify"]);
    // Exported again, because one point or modulus can be written in several ways.
    const identity = toHex(new Uint8Array(await crypto.subtle.exportKey("spki", cryptoKey)));
    return { identity, verifies: (payload, signature) => verify(scheme, cryptoKey, payload, signature) };
  } catch {
    return null; // WebCrypto's ways to say: not a key of mine
  }
}

async function verify(
  scheme: Scheme,
  key: CryptoKey,
  payload: Uint8Array<ArrayBuffer>,
  signatureHex: string,
): Promise<boolean> {
  const signature = fromHex(signatureHex);
  const raw = signature === null ? null : scheme.toRaw(signature);
  if (raw === null) return false;
  try {
    return await crypto.subtle.verify(scheme.verifyAs, key, raw, payload);
  } catch {
    return false; // some browsers throw where the length is wrong
  }
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> | null {
  if (!/^([0-9a-f]{2})+$/i.test(hex)) return null;
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function fromPem(pem: string): Uint8Array<ArrayBuffer> | null {
  const base64 = PEM.exec(pem)?.[1]?.replace(/\s/g, "");
  if (base64 === undefined) return null;
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null; // not base64
  }
}
