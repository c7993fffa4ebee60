/**
 * `towpath serve` as a process of its own, in a fresh folder and on a free port, as a person starts it. Killed and started
 * again it keeps folder, port and token, so that a page that was open can come back.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const door = join(import.meta.dirname, '..', '..', 'cli', 'towpath.js');
const token = 'a-token-that-only-this-test-knows-0123456789';

export interface Serving {
  readonly folder: string;
  /** Without a path. */
  readonly origin: string;
  /** Signs in whoever opens it, as approver. */
  readonly enter: string;
  /** As `enter`, for one of the people. */
  enterAs(name: string): string;
  /** As a power cut would: nothing is ended in order. */
  kill(): Promise<void>;
  /** After `kill`. */
  startAgain(): Promise<void>;
  /** In order, and the folder is removed. */
  end(): Promise<void>;
}

export interface ServingWishes {
  readonly as?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** With people in a file there is no printed token. */
  readonly people?: readonly { readonly name: string; readonly role: 'viewer' | 'operator' | 'approver' }[];
}

export async function startServing({
  as = 'Ada Lovelace',
  env = {},
  people = [],
}: ServingWishes = {}): Promise<Serving> {
  const folder = mkdtempSync(join(tmpdir(), 'towpath-browser-'));
  chmodSync(folder, 0o755); // the sample's server runs as another user where this one is root
  const surroundings = {
    ...withoutTowpath(process.env),
    ...(people.length > 0 ? { TOWPATH_ACCESS_FILE: '.towpath/people.json' } : { TOWPATH_TOKEN: token }),
    ...env,
  };
  let port = 0;
  let running: ChildProcess;

  async function start(): Promise<void> {
    const words = ['serve', '--port', String(port), ...(people.length > 0 ? [] : ['--as', as])];
    running = spawn(process.execPath, [door, ...words], { cwd: folder, env: surroundings, stdio: 'pipe' });
    port = await portOf(running);
  }

  async function stop(signal: NodeJS.Signals): Promise<void> {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  }

  const tokens = new Map<string, string>();
  for (const { name, role } of people) {
    const said = await runOnce(['serve', 'add-person', name, '--role', role], {
      cwd: folder,
      env: surroundings,
    });
    tokens.set(name, /token=(\S+)/.exec(said)?.[1] ?? '');
  }
  await start();
  return {
    folder,
    origin: `http://127.0.0.1:${port}`,
    enter: `http://127.0.0.1:${port}/enter?token=${token}`,
    enterAs: (name) => `http://127.0.0.1:${port}/enter?token=${tokens.get(name)}`,
    kill: () => stop('SIGKILL'),
    startAgain: start,
    async end() {
      await stop('SIGINT');
      await removed(folder);
    },
  };
}

/** What is configured on this computer must not reach the test. */
function withoutTowpath(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^(TOWPATH_(?!CHROMIUM)|SOURCE_|TARGET_|SUPABASE_|OPENAI_|LLM_|VITEST|NODE_ENV$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)));
}

async function portOf(server: ChildProcess): Promise<number> {
  let said = '';
  return await new Promise((resolve, reject) => {
    const hear = (piece: Buffer) => {
      said += piece.toString();
      const [, found] = /Open http:\/\/127\.0\.0\.1:(\d+)\//.exec(said) ?? [];
      if (found !== undefined) resolve(Number(found));
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
}

async function runOnce(
  words: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  const command = spawn(process.execPath, [door, ...words], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  command.stdout.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  command.stderr.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  const [code] = await once(command, 'close');
  if (code !== 0) throw new Error(`towpath ${words.join(' ')} ended with ${String(code)}: ${said}`);
  return said;
}

/** A run's own process may still write its last lines. */
async function removed(folder: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === 20) throw error;
      await sleep(250);
    }
  }
}
