/**
 * Starts `towpath migrate` or `towpath resume` as a process of its own, in a session of its own: a chat or a page that ends
 * or crashes stops no load. What it prints goes to a file, so that nobody has to be there to read it; the files of the
 * last runs are kept.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MigrationError } from '../core/errors.ts';

export interface LaunchedRun {
  /** Null while it runs; then what it failed with, or `done`. Also settled where this process did not see it end. */
  outcome(): 'done' | MigrationError | null;
}

/** `words` are the arguments after `towpath`. */
export type LaunchRun = (words: readonly string[]) => LaunchedRun;

export interface Launcher {
  /** The program and its first arguments, for example node and cli/towpath.js. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** Holds the connections; they are never arguments, which other users of the machine could read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For what the processes print. */
  readonly folder: string;
}

/** Two files each: what it answered, and what went wrong. */
const KEPT_FILES = 40;

export function createRunLauncher({ command: [program, ...first], cwd, env, folder }: Launcher): LaunchRun {
  return (words) => {
    mkdirSync(folder, { recursive: true });
    removeOld(folder);
    const file = join(folder, `run-${randomBytes(6).toString('hex')}.json`);
    const out = openSync(file, 'w', 0o600);
    const errors = openSync(`${file}.log`, 'w', 0o600);
    let ended: 'done' | MigrationError | null = null;
    const child = spawn(program, [...first, ...words, '--json'], {
      cwd,
      env: { ...env },
      detached: true,
      stdio: ['ignore', out, errors],
    });
    closeSync(out);
    closeSync(errors);
    child.on('error', (cause) => {
      ended = new MigrationError({
        code: 'RUN_NOT_STARTED',
        message: 'The process that moves the records could not be started; nothing was moved.',
        hint: `Start it by hand: towpath ${words.join(' ')}`,
        cause,
      });
    });
    child.on('exit', () => {
      ended = readOutcome(file, words);
    });
    child.unref();
    return { outcome: () => ended };
  };
}

/** Those of the last runs stay. */
function removeOld(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => /^run-[0-9a-f]+\.json(\.log)?$/.test(name))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => a.at - b.at);
  for (const { path } of files.slice(0, -KEPT_FILES)) rmSync(path, { force: true });
}

const failure = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
  recovery: z.object({ suggestion: z.string() }),
});

function readOutcome(file: string, words: readonly string[]): 'done' | MigrationError {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return new MigrationError({
      code: 'RUN_ENDED_EARLY',
      message: 'The process that moves the records ended without a word; what it had committed stays.',
      hint: 'Ask where things stand, then continue from there.',
      details: { words },
    });
  }
  const failed = failure.safeParse(document);
  if (!failed.success) return 'done';
  const { error, recovery } = failed.data;
  return new MigrationError({ code: error.code, message: error.message, hint: recovery.suggestion });
}
