/**
 * SHA-256 as 64 hexadecimal digits. Equal values have equal hashes, within a migration in every table, so that rows can
 * still be matched. Without a key anybody can hash a guess and compare: telephone numbers and birth dates are guessed in
 * seconds. Keyed, it is an HMAC with a key that is made from the migration's secret.
 */
import { createHmac, hash } from 'node:crypto';
import { createHexHmac } from './hmac.ts';
import { onText, type Step, type TransformOf } from './step.ts';

export function hashStep({ keyed }: TransformOf<'hash'>, { secret }: { readonly secret: Uint8Array }): Step {
  if (!keyed) return onText((value) => hash('sha256', value, 'hex'));
  return onText(createHexHmac(derivedKey(secret, 'hash')));
}

/** A key for one purpose: knowing one tells nothing of the secret or of another. */
export function derivedKey(secret: Uint8Array, purpose: string): Buffer {
  return createHmac('sha256', secret).update(`towpath transform ${purpose}`).digest();
}
