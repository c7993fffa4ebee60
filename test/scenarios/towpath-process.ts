/** The real command line in a process of its own, so that it can be killed, interrupted and run beside another one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { compileCache } from '../helpers/compile-cache.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it wrote to stderr so far. */
  said(): string;
}

export interface Workplace {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Starts a command and lets it run. */
  start(words: string, env?: Readonly<Record<string, string>>): Started;
  /** Runs a command to its end. */
  run(words: string, env?: Readonly<Record<string, string>>): Promise<Ended>;
  log(): string;
  /** Reads what is written into the log from now on; days have a file each, and a clock may turn back. */
  logFromNow(): () => string;
  remove(): void;
}

const program = fileURLToPath(new URL('../../cli/towpath.js', import.meta.url));

/** A folder with its own plan, logs and checkpoints. Nothing of this process' environment but its path and what Node compiled reaches the command. */
export function createWorkplace(urls: { readonly source: string; readonly target: string }): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'towpath-scenario-'));
  const base = {
    PATH: process.env.PATH ?? '',
    ...compileCache(),
    USER: 'tester',
    SOURCE_DATABASE_URL: urls.source,
    TARGET_DATABASE_URL: urls.target,
  };
  const start = (words: string, env: Readonly<Record<string, string>> = {}): Started => {
    const child = spawn(process.execPath, [program, ...words.split(' ')], {
      cwd: folder,
      env: { ...base, ...env },
    });
    const texts = { stdout: '', stderr: '' };
    child.stdout.on('data', (part: Buffer) => {
      texts.stdout += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => {
      texts.stderr += part.toString();
    });
    const ended = new Promise<Ended>((resolve) =>
      child.on('close', (code, signal) => resolve({ code, signal, ...texts })),
    );
    return { process: child, ended, said: () => texts.stderr };
  };
  const logs = (): ReadonlyMap<string, string> => {
    const logFolder = join(folder, 'logs');
    const names = existsSync(logFolder) ? readdirSync(logFolder) : [];
    return new Map(names.map((name) => [name, readFileSync(join(logFolder, name), 'utf8')]));
  };
  return {
    folder,
    env: base,
    start,
    run: (words, env) => start(words, env).ended,
    log: () => [...logs().values()].join(''),
    logFromNow() {
      const before = logs();
      return () => [...logs()].map(([name, text]) => text.slice(before.get(name)?.length ?? 0)).join('');
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Asks until the answer is yes; fails after `seconds`. */
export async function until(
  what: string,
  ask: () => Promise<boolean> | boolean,
  seconds = 30,
): Promise<void> {
  for (let tries = 0; tries < seconds * 50; tries++) {
    if (await ask()) return;
    await sleep(20);
  }
  throw new Error(`waited ${seconds} s for: ${what}`);
}
