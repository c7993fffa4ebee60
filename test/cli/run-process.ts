/** Runs the real command line as a process, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { compileCache } from '../helpers/compile-cache.ts';

const entry = join(import.meta.dirname, '..', '..', 'cli', 'towpath.js');

export interface ProcessResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Comes through a pipe; nothing can be read where it is left out. */
  readonly input?: string;
  /** Told what has been printed so far, each time there is more. */
  readonly onOutput?: (text: string, child: ChildProcess) => void;
}

export function runProcess(
  argv: readonly string[],
  { folder, env = {}, input, onOutput }: ProcessOptions,
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...argv], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, USER: 'tester', ...compileCache(), ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    child.stdin?.end(input);
    let stdout = '';
    let stderr = '';
    child.stdout!.on('data', (part: Buffer) => {
      stdout += part;
      onOutput?.(stdout + stderr, child);
    });
    child.stderr!.on('data', (part: Buffer) => {
      stderr += part;
      onOutput?.(stdout + stderr, child);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
