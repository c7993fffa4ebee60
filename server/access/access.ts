/** Who may come in. A credential is what a person holds: the printed token, a token of their own, or one of Supabase. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Visitor } from '../shapes/access.ts';

export interface Admitted extends Visitor {
  /** The credential itself ends then; absent: never. */
  readonly until?: Date;
}

export interface Access {
  /** Null: nobody that is known. `from`: the address that asks. */
  visitorOf(credential: string, from?: string): Promise<Admitted | null>;
  /**
   * The person whose credential has this digest, as they are now; null: not known, or not any more. A session that began
   * with the credential asks at each request, so that taking a person out takes their sessions out too.
   */
  visitorByDigest?(digest: string): Promise<Admitted | null>;
}

/** One token, one person: the owner of the machine. */
export function createOwnerAccess(token: string, owner: Visitor): Access {
  const known = digestOf(token);
  const visitorByDigest = async (digest: string) => (sameDigest(digest, known) ? owner : null);
  return { visitorOf: (given) => visitorByDigest(digestOf(given)), visitorByDigest };
}

/** Whoever one of them knows. */
export function createJointAccess(all: readonly Access[]): Access {
  return {
    async visitorOf(credential, from) {
      for (const access of all) {
        const visitor = await access.visitorOf(credential, from);
        if (visitor !== null) return visitor;
      }
      return null;
    },
    async visitorByDigest(digest) {
      for (const access of all) {
        const visitor = (await access.visitorByDigest?.(digest)) ?? null;
        if (visitor !== null) return visitor;
      }
      return null;
    },
  };
}

/** Tokens are random, 192 bits and more, so that a plain hash keeps them; a slow one is for what people think of. */
export function digestOf(credential: string): string {
  return createHash('sha256').update(credential).digest('hex');
}

function sameDigest(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
