/** Have enough of the role's keys signed it? Each key counts once, under however many ids it is listed. */
import type { Delegator } from "./delegation.ts";
import type { Envelope } from "./envelope.ts";
import { SignatureError } from "./errors.ts";
import { importKey } from "./keys.ts";

export async function requireSignatures(
  envelope: Envelope,
  delegator: Delegator,
  roleName: string,
): Promise<void> {
  const role = delegator.roles.get(roleName);
  if (role === undefined) throw new SignatureError(envelope.place, `nobody is trusted for "${roleName}"`);
  const signers = new Set<string>();
  const unusable = new Set<string>();
  for (const keyid of role.keyids) {
    const signature = envelope.signatures.get(keyid);
    const key = delegator.keys.get(keyid);
    if (signature === undefined || key === undefined) continue;
    const verifier = await importKey(key);
    if (verifier === null) unusable.add(key.scheme);
    else if (await verifier.verifies(envelope.payload, signature)) signers.add(verifier.identity);
  }
  if (signers.size >= role.threshold) return;
  const note = unusable.size > 0 ? `; this browser cannot check ${[...unusable].join(", ")}` : "";
  throw new SignatureError(
    envelope.place,
    `${signers.size} of the ${role.threshold} signatures that "${roleName}" needs are good${note}`,
  );
}
