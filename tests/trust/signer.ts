/** Keys that sign as a maintainer's would: Ed25519, and P-256 as DER. */
import { encodeCanonical, type JsonValue } from "../../extension/src/trust/canonical_json.ts";
import { toHex } from "../../extension/src/trust/hashes.ts";

export type Algorithm = "ed25519" | "ecdsa-sha2-nistp256";

export interface Signer {
  keyid: string;
  /** As it stands in root metadata. */
  key: { keytype: string; scheme: string; keyval: { public: string } };
  sign(signed: JsonValue): Promise<string>;
}

const ALGORITHMS = {
  "ed25519": { make: { name: "Ed25519" }, sign: { name: "Ed25519" } },
  "ecdsa-sha2-nistp256": {
    make: { name: "ECDSA", namedCurve: "P-256" },
    sign: { name: "ECDSA", hash: "SHA-256" },
  },
};

export async function makeSigner(keyid: string, scheme: Algorithm = "ed25519"): Promise<Signer> {
  const { make, sign } = ALGORITHMS[scheme];
  const pair = await crypto.subtle.generateKey(make, true, ["sign", "verify"]) as CryptoKeyPair;
  const isEcdsa = scheme === "ecdsa-sha2-nistp256";
  return {
    keyid,
    key: {
      keytype: isEcdsa ? "ecdsa" : "ed25519",
      scheme,
      keyval: { public: isEcdsa ? await pem(pair.publicKey) : await rawHex(pair.publicKey) },
    },
    async sign(signed) {
      const payload = new TextEncoder().encode(encodeCanonical(signed));
      const signature = new Uint8Array(await crypto.subtle.sign(sign, pair.privateKey, payload));
      return toHex(isEcdsa ? derSignature(signature) : signature);
    },
  };
}

async function rawHex(key: CryptoKey): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.exportKey("raw", key)));
}

async function pem(key: CryptoKey): Promise<string> {
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", key));
  return `-----BEGIN PUBLIC KEY-----\n${btoa(String.fromCharCode(...spki))}\n-----END PUBLIC KEY-----\n`;
}

function derSignature(raw: Uint8Array): Uint8Array {
  const body = [...derInteger(raw.subarray(0, 32)), ...derInteger(raw.subarray(32))];
  return Uint8Array.of(0x30, body.length, ...body);
}

function derInteger(coordinate: Uint8Array): number[] {
  const digits = [...coordinate];
  while (digits.length > 1 && digits[0] === 0) digits.shift();
  if ((digits[0] ?? 0) >= 0x80) digits.unshift(0);
  return [0x02, digits.length, ...digits];
}
