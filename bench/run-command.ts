/** Runs a program, timed by the wall, its peak memory read while it lives. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface CommandRun {
  readonly milliseconds: number;
  /** High-water mark of the process and its children together, in bytes; null where the system does not tell. */
  readonly peakBytes: number | null;
  readonly stdout: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Exit codes that count as done. Default 0. */
  readonly allowed?: readonly number[];
}

/** How often memory is looked at. The mark only rises, so little is missed but a very short end. */
const LOOK_EVERY_MILLISECONDS = 25;

/** Throws with the end of what the program said when it fails. */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandRun> {
  const started = performance.now();
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const marks = new Map<number, number>();
  const looking = setInterval(
    () => child.pid !== undefined && readMarks(child.pid, marks),
    LOOK_EVERY_MILLISECONDS,
  );
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearInterval(looking));
  const milliseconds = performance.now() - started;
  if (code === null || !(options.allowed ?? [0]).includes(code)) {
    throw new Error(`${program.split('/').at(-1)} ${args[0] ?? ''} ended with ${code}: ${lastWords(said)}`);
  }
  const peakBytes = marks.size === 0 ? null : [...marks.values()].reduce((sum, bytes) => sum + bytes, 0);
  return { milliseconds, peakBytes, stdout: said.stdout };
}

/** Linux only: /proc keeps the highest resident size of each process. */
function readMarks(pid: number, marks: Map<number, number>): void {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (kilobytes !== undefined) marks.set(pid, Number(kilobytes) * 1024);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    for (const child of children.split(' ').filter(Boolean)) readMarks(Number(child), marks);
  } catch {
    // it has ended meanwhile, or this system has no /proc
  }
}

function lastWords({ stdout, stderr }: { stdout: string; stderr: string }): string {
  const text = (stderr.trim() || stdout.trim()).slice(-600);
  return text.replace(/(postgres(?:ql)?:\/\/[^:]+:)[^@]+@/g, '$1…@');
}
