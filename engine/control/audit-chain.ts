/**
 * Is the chain of the audit log whole? Each entry's hash covers its content and the hash of the entry before, so that a
 * changed, inserted or removed entry breaks everything behind it. What the chain alone cannot tell is that its end was cut
 * off, or that somebody wrote all of it anew; a witness can, which is what was kept of it elsewhere.
 * hash = sha256 over the canonical JSON of [previousHash, at, actor, action, details].
 */
import { createHash } from 'node:crypto';
import type { AuditEntry, AuditFault, AuditWitness, BrokenAudit, IntactAudit } from './audit-entry.ts';

export const FIRST = '0'.repeat(64);

export interface ChainLink {
  readonly seq: string;
  readonly previousHash: string;
  readonly hash: string;
  /** Its content gives its hash. */
  readonly sound: boolean;
}

export type ChainVerdict = Omit<IntactAudit, 'guarded'> | Omit<BrokenAudit, 'guarded'>;

/** Oldest first. */
export function judgeChain(links: readonly ChainLink[], witness: AuditWitness = {}): ChainVerdict {
  return (
    brokenInside(links) ??
    (witness.hashes === undefined ? null : unlike(links, witness.hashes)) ??
    (witness.hash === undefined ? null : lacking(links, witness.hash)) ?? {
      intact: true,
      entries: links.length,
      firstHash: links[0]?.hash ?? null,
      lastHash: links.at(-1)?.hash ?? null,
      witnessed: witness.hashes !== undefined || witness.hash !== undefined,
    }
  );
}

function brokenInside(links: readonly ChainLink[]): ReturnType<typeof broken> | null {
  const places = new Map<string, number>([[FIRST, -1]]);
  for (const [i, link] of links.entries()) {
    if (!link.sound) return broken(links, i, 'changed', 'Its content was changed after it was written.');
    const before = links[i - 1]?.hash ?? FIRST;
    if (link.previousHash !== before) return brokenBefore(links, i, places.get(link.previousHash));
    places.set(link.hash, i);
  }
  return null;
}

/** `known`: the place of the entry that this one says came before it. */
function brokenBefore(links: readonly ChainLink[], i: number, known: number | undefined) {
  if (known !== undefined)
    return broken(links, known + 1, 'inserted', 'It was inserted: the entries around it do not know of it.');
  const previous = links[i - 1];
  if (previous !== undefined && BigInt(links[i]!.seq) === BigInt(previous.seq) + 1n)
    return broken(
      links,
      i - 1,
      'changed',
      'It was replaced: the entry behind it names another in its place.',
    );
  return broken(links, i, 'removed', 'An entry before it was removed or replaced.');
}

/** Where the log is not what was kept of it. */
function unlike(links: readonly ChainLink[], kept: readonly string[]) {
  const i = kept.findIndex((hash, place) => links[place]?.hash !== hash);
  if (i < 0) return null;
  if (links[i] === undefined) return cutOff(links, kept.length - i);
  const later = (hashes: readonly string[], hash: string) => hashes.indexOf(hash, i) >= 0;
  const now = links.map(({ hash }) => hash);
  if (later(now, kept[i]!))
    return broken(links, i, 'inserted', 'It was inserted: it is not in what was kept of the log.');
  if (later(kept, now[i]!))
    return broken(links, i, 'removed', 'An entry before it was removed: it is in what was kept of the log.');
  return broken(
    links,
    i,
    'changed',
    'It is another than was kept; it and all behind it were written anew with hashes that fit.',
  );
}

function lacking(links: readonly ChainLink[], hash: string) {
  if (links.some((link) => link.hash === hash)) return null;
  return broken(
    links,
    links.length - 1,
    'cut-off',
    'No entry has the expected hash: it was cut off at the end, or the log was written anew.',
  );
}

function cutOff(links: readonly ChainLink[], missing: number) {
  const what = missing === 1 ? 'One entry that was' : `${missing} entries that were`;
  return broken(links, links.length - 1, 'cut-off', `${what} kept of the log stood behind it and are gone.`);
}

function broken(links: readonly ChainLink[], i: number, kind: AuditFault, reason: string) {
  const entries = kind === 'cut-off' ? links.length : i;
  return { intact: false as const, entries, kind, brokenAt: links[i]?.seq ?? '0', reason };
}

export function hashOf(entry: Omit<AuditEntry, 'seq' | 'hash'>): string {
  const { previousHash, at, actor, action, details } = entry;
  return createHash('sha256')
    .update(canonical([previousHash, at, actor, action, details]))
    .digest('hex');
}

/** JSON with keys in order: jsonb gives them back in an order of its own. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    .join(',')}}`;
}
