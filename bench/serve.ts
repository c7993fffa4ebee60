/** The page's server as its users start it: a process of its own, on a free port, in the folder of the workplace. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TowpathPlace } from './towpath.ts';
import type { Workplace } from './workplace.ts';

const root = join(import.meta.dirname, '..');
export const token = 'a-token-that-only-the-bench-knows-0123456789';

export interface Served {
  readonly process: number;
  /** Without a path. */
  readonly origin: string;
  end(): Promise<void>;
}

/** `place` null: without databases of one's own. */
export async function servePage({ folder }: Workplace, place: TowpathPlace | null): Promise<Served> {
  buildPage();
  const databases =
    place === null ? {} : { SOURCE_DATABASE_URL: place.source, TARGET_DATABASE_URL: place.target };
  const words = ['serve', '--port', '0', ...(place === null ? [] : ['--plan', `${place.plan}.yaml`])];
  const server = spawn(process.execPath, [join(root, 'cli', 'towpath.js'), ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', TOWPATH_TOKEN: token, ...databases },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    let said = '';
    const hear = (piece: Buffer) => {
      said += piece.toString();
      const found = /Open (http:\/\/[^/]+)\//.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.once('exit', (code) =>
      reject(new Error(`The page's server ended with ${code}: ${said.slice(-600)}`)),
    );
  });
  return {
    process: server.pid!,
    origin,
    async end() {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
    },
  };
}

/** What is there is taken as it is. */
function buildPage(): void {
  if (existsSync(join(root, 'web', 'dist', 'index.html'))) return;
  execFileSync('npm', ['run', '--silent', 'build:page'], { cwd: root, stdio: 'inherit' });
}
