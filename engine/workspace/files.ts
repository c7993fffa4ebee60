/** Files of a migration: complete or not there at all, in folders made on the way. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MigrationError } from '../core/errors.ts';

/** Only the person who runs it may read the file. */
export const PRIVATE = 0o600;

export function writeTextFile(path: string, text: string, mode = 0o644): void {
  const draft = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text, { mode });
    renameSync(draft, path);
  } catch (cause) {
    removeDraft(draft);
    throw new MigrationError({
      code: 'FILE_NOT_WRITTEN',
      message: `${path} could not be written.`,
      hint: 'Check that you may write there and that the disk is not full, or name another file with --output.',
      cause,
    });
  }
}

/** Its folder may be none at all; the error that is told is the one of writing. */
function removeDraft(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // there is none
  }
}

export function writeJsonFile(path: string, value: unknown, mode?: number): void {
  writeTextFile(path, `${JSON.stringify(value, null, 2)}\n`, mode);
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

export function removeFile(path: string): void {
  rmSync(path, { force: true });
}
