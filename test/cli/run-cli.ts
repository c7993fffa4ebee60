/** Runs a command line inside the test: its own folder, caught output, an engine given by the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach } from 'vitest';
import type { World } from '../../cli/command.ts';
import type { ExitCode } from '../../cli/exit-codes.ts';
import { runProgram } from '../../cli/program.ts';
import { createClock } from '../../engine/core/clock.ts';
import type { EngineRequest } from '../../engine/run/open-engine.ts';
import { createFakeEngine, type FakeEngine } from './fake-engine.ts';

export interface CliResult {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  readonly folder: string;
  readonly fake: FakeEngine;
  readonly requests: readonly EngineRequest[];
  readonly exits: readonly ExitCode[];
}

export interface CliOptions {
  readonly fake?: FakeEngine;
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Typed by a person at a terminal. */
  readonly typed?: string;
  /** Gets the function that acts like Ctrl-C. */
  readonly onReady?: (interrupt: () => void) => void;
}

const folders: string[] = [];

const kept: string[] = [];

const removeAll = (list: string[]) => {
  for (const folder of list.splice(0)) rmSync(folder, { recursive: true, force: true });
};
afterEach(() => removeAll(folders));
afterAll(() => removeAll(kept));

/** Removed after the test, or after the last one of the file. */
export function makeFolder({ keep = false }: { readonly keep?: boolean } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'towpath-cli-'));
  (keep ? kept : folders).push(folder);
  return folder;
}

export async function runCli(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { fake = createFakeEngine(), env = {}, folder = makeFolder(), typed } = options;
  const listeners = new Set<() => void>();
  const requests: EngineRequest[] = [];
  const exits: ExitCode[] = [];
  const isTTY = typed !== undefined;
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stdout = catchText(isTTY);
  const stderr = catchText(false);
  const world: World = {
    env,
    cwd: folder,
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    clock: createClock(),
    userName: 'tester',
    openEngine: async (request) => {
      requests.push(request);
      return fake.engine;
    },
    onInterrupt(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    exit: (code) => void exits.push(code),
  };
  options.onReady?.(() => [...listeners].forEach((listener) => void listener()));
  if (typed !== undefined) stdin.end(`${typed}\n`);
  const code = await runProgram(argv, world);
  return { code, stdout: stdout.text(), stderr: stderr.text(), folder, fake, requests, exits };
}

function catchText(isTTY: boolean) {
  const parts: string[] = [];
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 100 });
  stream.on('data', (part: Buffer) => parts.push(part.toString()));
  return { stream, text: () => parts.join('') };
}
