/** Names that PostgreSQL keeps whole: at most 63 bytes, shortened with a hash so that different names stay different. */
import { createHash } from 'node:crypto';

export const MOST_BYTES = 63;

/** `name` followed by `ending`, within 63 bytes. Deterministic. */
export function cutName(name: string, ending = ''): string {
  const whole = `${name}${ending}`;
  if (Buffer.byteLength(whole) <= MOST_BYTES) return whole;
  const mark = `_${createHash('sha256').update(name).digest('hex').slice(0, 8)}${ending}`;
  return `${cutBytes(name, MOST_BYTES - Buffer.byteLength(mark))}${mark}`;
}

function cutBytes(text: string, limit: number): string {
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}
