/** Files that commands leave behind: complete or not there at all, in folders made on the way. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MigrationError } from '../engine/core/errors.ts';
import type { Catalog } from '../engine/schema/catalog.ts';

export function writeTextFile(path: string, text: string, mode = 0o644): void {
  const draft = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text, { mode });
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new MigrationError({
      code: 'FILE_NOT_WRITTEN',
      message: `${path} could not be written.`,
      hint: 'Check that you may write there and that the disk is not full, or name another file with --output.',
      cause,
    });
  }
}

export function writeJsonFile(path: string, value: unknown): void {
  writeTextFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** The file's text, or null where there is no such file. */
export function readTextFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new MigrationError({
      code: 'FILE_MISSING',
      message: `${path} cannot be read.`,
      hint: 'Check its name and that you may read it.',
      cause,
    });
  }
}

/** What “towpath analyze” kept, or null where it has kept nothing yet. */
export function readCatalog(path: string): Catalog | null {
  const text = readTextFile(path);
  if (text === null) return null;
  try {
    const catalog = JSON.parse(text) as Catalog;
    if (Array.isArray(catalog.tables) && typeof catalog.fingerprint === 'string') return catalog;
  } catch {
    // told below
  }
  throw new MigrationError({
    code: 'FILE_INVALID',
    message: `${path} is not a catalog.`,
    hint: 'Make it again with: towpath analyze',
  });
}
