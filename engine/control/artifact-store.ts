/**
 * Catalogs, plans, reports: plain JSON under its hash, with the hash of what it was made from. Put once, never changed.
 * The hash is the caller's (plan hash, fingerprint); the content comes back as jsonb keeps it, keys in another order.
 */
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import {
  deleteArtifactsSql,
  getArtifactSql,
  latestArtifactSql,
  putArtifactSql,
} from './artifact-store.sql.ts';
import type { Queryable } from './queryable.ts';

export interface Artifact {
  readonly hash: string;
  readonly kind: string;
  /** To be checked with zod by whoever knows the kind. */
  readonly content: unknown;
  readonly parentHash: string | null;
  readonly createdAt: string;
}

export interface ArtifactStore {
  put(
    artifact: {
      readonly hash: string;
      readonly kind: string;
      readonly content: unknown;
      readonly parentHash?: string | null;
    },
    on?: Queryable,
  ): Promise<void>;
  /** Throws UNKNOWN_ARTIFACT. */
  get(hash: string): Promise<Artifact>;
  find(hash: string): Promise<Artifact | null>;
  latest(kind: string, parentHash?: string): Promise<Artifact | null>;
  /** Keeps what runs and approvals name and what that was made from. Returns how many were removed. */
  deleteOlderThan(days: number): Promise<number>;
}

export function createArtifactStore(database: Database): ArtifactStore {
  const find = async (hash: string) => (await database.query<Artifact>(getArtifactSql, [hash]))[0] ?? null;
  return {
    async put({ hash, kind, content, parentHash = null }, on = database) {
      await on.query(putArtifactSql, [hash, kind, JSON.stringify(content), parentHash]);
    },
    find,
    async get(hash) {
      const found = await find(hash);
      if (found) return found;
      throw new MigrationError({
        code: 'UNKNOWN_ARTIFACT',
        message: `Nothing is stored under the hash ${hash} in this target.`,
        hint: 'It may have been cleaned up, or belong to another target. Make it again: towpath analyze, then towpath plan.',
        details: { hash },
      });
    },
    latest: async (kind, parentHash) =>
      (await database.query<Artifact>(latestArtifactSql, [kind, parentHash ?? null]))[0] ?? null,
    deleteOlderThan: async (days) => (await database.query(deleteArtifactsSql, [days])).length,
  };
}
