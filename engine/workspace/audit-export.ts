/**
 * The audit log outside of the database: one file of JSON lines for each log, and beside it a small head with how many
 * entries there are and the hash of the last. A log is told from others by the hash of its first entry.
 *
 * Promise: an export is never replaced by one that lacks entries of it. What the export holds is what the log is
 * compared with, and the only way to see that its end was cut off or that all of it was written anew.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AuditEntry } from '../contract/audit.ts';
import { MigrationError } from '../core/errors.ts';
import { PRIVATE, readTextFile, writeJsonFile, writeTextFile } from './files.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const auditHead = z.object({
  format: z.literal(1),
  /** Database and server that it was read from. */
  target: z.string(),
  firstHash: hash,
  lastHash: hash,
  lastSeq: z.string(),
  entries: z.int().positive(),
  exportedAt: z.string(),
  /** Name of the file beside this one. */
  file: z.string(),
});
export type AuditHead = z.infer<typeof auditHead>;

export interface AuditExport {
  readonly head: AuditHead;
  /** Path of the entries. */
  readonly path: string;
}

/** Null where the log has no entry. Throws AUDIT_BROKEN where it is another than was verified; then nothing is written. */
export async function writeAuditExport(
  folder: string,
  entries: AsyncIterable<AuditEntry>,
  of: {
    readonly target: string;
    readonly now: Date;
    /** What was found whole just before: the entries are read a second time. */
    readonly verified: { readonly entries: number; readonly lastHash: string | null };
  },
): Promise<AuditExport | null> {
  const lines: string[] = [];
  let first: AuditEntry | null = null;
  let last: AuditEntry | null = null;
  for await (const entry of entries) {
    first ??= entry;
    last = entry;
    lines.push(`${JSON.stringify(entry)}\n`);
    if (lines.length === of.verified.entries && entry.hash !== of.verified.lastHash) throw otherLog();
  }
  if (lines.length < of.verified.entries) throw otherLog();
  if (first === null || last === null) return null;
  const name = `audit-${first.hash.slice(0, 12)}`;
  const head: AuditHead = {
    format: 1,
    target: of.target,
    firstHash: first.hash,
    lastHash: last.hash,
    lastSeq: last.seq,
    entries: lines.length,
    exportedAt: of.now.toISOString(),
    file: `${name}.jsonl`,
  };
  const path = join(folder, head.file);
  // the entries first: a head never promises what is not there
  writeTextFile(path, lines.join(''), PRIVATE);
  writeJsonFile(join(folder, `${name}.head.json`), head, PRIVATE);
  return { head, path };
}

/** The newest export of this target; null where the folder has none. Throws FILE_INVALID. */
export function newestAuditExport(folder: string, target: string): AuditExport | null {
  const heads = headsIn(folder).filter((head) => head.target === target);
  heads.sort((a, b) => a.exportedAt.localeCompare(b.exportedAt));
  const head = heads.at(-1);
  return head === undefined ? null : { head, path: join(folder, head.file) };
}

/** Hashes of an export's entries, oldest first. Throws FILE_MISSING and FILE_INVALID. */
export function readAuditHashes(path: string): string[] {
  const text = readTextFile(path);
  if (text === null) {
    throw new MigrationError({
      code: 'FILE_MISSING',
      message: `There is no file ${path}.`,
      hint: 'Name an export of the audit log, as towpath audit export writes it.',
    });
  }
  const entry = z.object({ hash });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entry.safeParse(parsed(line)).data?.hash ?? notAnExport(path));
}

function headsIn(folder: string): AuditHead[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return []; // nothing was exported yet
  }
  return names
    .filter((name) => name.endsWith('.head.json'))
    .map((name) => {
      const path = join(folder, name);
      return auditHead.safeParse(parsed(readTextFile(path) ?? '')).data ?? notAnExport(path);
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function otherLog(): MigrationError {
  return new MigrationError({
    code: 'AUDIT_BROKEN',
    message: 'The audit log was written anew while it was exported.',
    hint: 'No export was replaced. See what became of it: towpath audit verify',
  });
}

function notAnExport(path: string): never {
  throw new MigrationError({
    code: 'FILE_INVALID',
    message: `${path} is not an export of the audit log, or somebody changed it.`,
    hint: 'Compare with a copy of it that was kept elsewhere, or with --expect and a hash that was noted.',
  });
}
