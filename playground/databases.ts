/** Which databases the playground works on: the configured ones, or the sample on an embedded PostgreSQL of its own. */
import { join, relative } from 'node:path';
import { openSampleDatabases } from '../desk/sample-databases.ts';
import { type Environment, loadConfig } from '../engine/core/config.ts';
import { writeTextFile } from '../engine/workspace/files.ts';

export interface PlaygroundDatabases {
  /** What the served instance needs to find them. */
  readonly env: Environment;
  /** Where plan and reports of the migration lie. */
  readonly folder: string;
  readonly words: readonly string[];
  stop(): Promise<void>;
}

export async function openDatabases(env: Environment, folder: string): Promise<PlaygroundDatabases> {
  const { source, target } = loadConfig(env);
  if (source !== null || target !== null) {
    return { env: {}, folder, words: ['On the databases of your settings.'], stop: async () => {} };
  }
  const home = join(folder, '.towpath', 'playground');
  const sample = await openSampleDatabases({ folder: join(home, 'sample'), scale: null });
  const urls = { SOURCE_DATABASE_URL: sample.sourceUrl, TARGET_DATABASE_URL: sample.targetUrl };
  const settings = join(home, '.env');
  writeTextFile(settings, formatSettings(urls), 0o600);
  return {
    env: urls,
    folder: home,
    words: [
      `On the sample: ${sample.rows.toLocaleString('en-US')} records of an imaginary lab${sample.made ? ', made now' : ''}.`,
      `Approvals are given in another terminal: npm run towpath -- approve --list --config ${relative(folder, settings)}`,
    ],
    stop: sample.stop,
  };
}

/** For commands in another terminal; the server has another port and the same password next time. */
function formatSettings(urls: Readonly<Record<string, string>>): string {
  return Object.entries(urls)
    .map(([name, url]) => `${name}=${url}\n`)
    .join('');
}
