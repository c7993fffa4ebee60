/** Who may come in: whoever knows the token that was printed at the start, and is then known by a cookie. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Visitor } from '../shapes/access.ts';

export interface Access {
  /** Null: nobody that is known. */
  visitorOf(token: string): Promise<Visitor | null>;
}

/** One token, one person: the owner of the machine. */
export function createOwnerAccess(token: string, owner: Visitor): Access {
  const known = digest(token);
  return {
    visitorOf: async (given) => (timingSafeEqual(digest(given), known) ? owner : null),
  };
}

/** Of equal length whatever is given, so that comparing takes the same time. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
