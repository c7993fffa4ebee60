/** A file written piece by piece, for its owner alone: there as a whole once it is kept, and not at all before. */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { MigrationError } from '../engine/core/errors.ts';
import { PRIVATE } from '../engine/workspace/files.ts';

export interface OpenTextFile {
  readonly path: string;
  write(text: string): void;
  keep(): void;
  discard(): void;
}

const PIECE = 1 << 16;

/** @throws MigrationError FILE_NOT_WRITTEN, here and wherever it is written to */
export function openTextFile(path: string): OpenTextFile {
  const draft = `${path}.${process.pid}.part`;
  const trying = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      rmSync(draft, { force: true });
      throw new MigrationError({
        code: 'FILE_NOT_WRITTEN',
        message: `${path} could not be written.`,
        hint: 'Check that you may write there and that the disk is not full, or name another place with --output.',
        cause,
      });
    }
  };
  const file = trying(() => {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(draft, 'w', PRIVATE);
  });
  let waiting = '';
  const flush = () => {
    trying(() => writeSync(file, waiting));
    waiting = '';
  };
  return {
    path,
    write(text) {
      waiting += text;
      if (waiting.length > PIECE) flush();
    },
    keep() {
      flush();
      trying(() => {
        closeSync(file);
        renameSync(draft, path);
      });
    },
    discard() {
      closeSync(file);
      rmSync(draft, { force: true });
    },
  };
}
