/**
 * `npm run dev`: the Mastra playground on the whole of Towpath, for this machine only. Starts the sample where no database is
 * configured, then the Mastra CLI, and ends with it; the sample's server ends with this process, however it ends.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readEnvironment } from '../cli/environment-file.ts';
import { MigrationError } from '../engine/index.ts';
import { openDatabases } from './databases.ts';
import { reloadOnChange } from './reload-on-change.ts';
import { codeVariable, folderVariable, loopback, usualPort } from './settings.ts';

const root = join(import.meta.dirname, '..');

/** Nothing is sent to anybody, nothing is looked up; the CLI itself would do both. */
const quiet = {
  MASTRA_TELEMETRY_DISABLED: '1',
  MASTRA_AUTO_REFRESH_PROVIDERS: 'false',
  MASTRA_OFFLINE: '1',
  DO_NOT_TRACK: '1',
};

async function start(): Promise<number> {
  const folder = process.cwd();
  const env = readEnvironment(process.env, null, join(folder, '.env'));
  const databases = await openDatabases(env, folder);
  const stopWatching = reloadOnChange(root);
  try {
    mkdirSync(databases.folder, { recursive: true });
    const port = env.PORT ?? String(usualPort);
    for (const line of databases.words) console.log(line);
    console.log(`The playground opens at http://${loopback}:${port}`);
    const child = spawn(process.execPath, [mastraCli(), 'dev', '--dir', 'playground'], {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...env,
        ...databases.env,
        ...quiet,
        PORT: port,
        HOST: loopback,
        MASTRA_HOST: loopback,
        [codeVariable]: join(import.meta.dirname, 'open.ts'),
        [folderVariable]: databases.folder,
      },
    });
    // Ctrl-C reaches the child by itself; a request to end does not
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    const [code] = await once(child, 'exit');
    return typeof code === 'number' ? code : 130;
  } finally {
    stopWatching();
    await databases.stop();
  }
}

function mastraCli(): string {
  const file = createRequire(import.meta.url).resolve('mastra/package.json');
  const { bin } = JSON.parse(readFileSync(file, 'utf8')) as { bin: Record<string, string> };
  return join(dirname(file), bin.mastra ?? '');
}

try {
  process.exitCode = await start();
} catch (error) {
  if (!(error instanceof MigrationError)) throw error;
  console.error(`${error.message} ${error.hint}`);
  process.exitCode = 1;
}
