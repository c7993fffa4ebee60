/**
 * Sessions of browsers. What the cookie holds is a random number that stands for nothing elsewhere; the token it was
 * exchanged for is in no cookie. A session ends after half a day, with its credential, with the person being taken out, or
 * by signing out. Kept are hashes, so that what is kept lets nobody in.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../engine/core/clock.ts';
import { role, type Visitor } from '../shapes/access.ts';
import { type Access, type Admitted, digestOf } from './access.ts';

export const storedSession = z.strictObject({
  /** Hash of what the cookie holds. */
  id: z.string(),
  name: z.string(),
  role,
  /** Hash of the credential it began with, where that can be asked for again; null: `until` says all. */
  credential: z.string().nullable(),
  /** Milliseconds since 1970. */
  until: z.number(),
});
export type StoredSession = z.infer<typeof storedSession>;

/** Where sessions outlive the process. */
export interface SessionStore {
  load(): StoredSession[];
  save(sessions: readonly StoredSession[]): void;
}

export interface Sessions {
  /** What the cookie shall hold. */
  begin(visitor: Admitted, credential: string): Promise<string>;
  /** Null: no session, or one that ended. */
  visitorOf(id: string): Promise<Visitor | null>;
  end(id: string): void;
}

const halfADay = 12 * 3_600_000;
const mostOfOne = 50;
const mostOfAll = 5000;

export function createSessions(
  access: Access,
  clock: Pick<Clock, 'now'>,
  store: SessionStore = { load: () => [], save() {} },
): Sessions {
  const open = new Map(store.load().map((session) => [session.id, session]));
  const now = () => clock.now().getTime();

  function forget(ids: readonly string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) open.delete(id);
    store.save([...open.values()]);
  }

  /** What has ended, and the oldest of whoever has too many, so that one more fits. */
  function makeRoom(name: string): void {
    const all = [...open.values()];
    const ended = all.filter(({ until }) => until <= now());
    const own = all.filter((session) => session.name === name);
    const oldest = [...beyond(own, mostOfOne), ...beyond(all, mostOfAll)];
    for (const { id } of [...ended, ...oldest]) open.delete(id);
  }

  return {
    async begin(visitor, credential) {
      const digest = digestOf(credential);
      const lasting = (await access.visitorByDigest?.(digest)) ?? null;
      makeRoom(visitor.name);
      const id = randomBytes(32).toString('base64url');
      open.set(digestOf(id), {
        id: digestOf(id),
        name: visitor.name,
        role: visitor.role,
        credential: lasting === null ? null : digest,
        until: Math.min(now() + halfADay, visitor.until?.getTime() ?? Infinity),
      });
      store.save([...open.values()]);
      return id;
    },
    async visitorOf(id) {
      const session = open.get(digestOf(id));
      if (session === undefined) return null;
      const visitor = session.until > now() ? await personOf(session, access) : null;
      if (visitor === null) forget([session.id]);
      return visitor;
    },
    end: (id) => forget([digestOf(id)]),
  };
}

/** As they are now, where that can be known: a role that was changed counts at once. */
async function personOf({ credential, name, role: given }: StoredSession, access: Access) {
  if (credential === null) return { name, role: given };
  const current = (await access.visitorByDigest?.(credential)) ?? null;
  return current === null ? null : { name: current.name, role: current.role };
}

function beyond(sessions: readonly StoredSession[], most: number): readonly StoredSession[] {
  return sessions.slice(0, Math.max(0, sessions.length - most + 1));
}
