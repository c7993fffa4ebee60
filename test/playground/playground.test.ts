/** The playground's instance on real databases, with the offline guide; and which databases it takes. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDatabases } from '../../playground/databases.ts';
import { openPlayground } from '../../playground/open.ts';
import { codeVariable, folderVariable, loopback } from '../../playground/settings.ts';
import { useTestDatabase } from '../helpers/test-database.ts';

const source = useTestDatabase('empty');
const target = useTestDatabase('supabase');
const folder = mkdtempSync(join(tmpdir(), 'towpath-playground-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const root = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, 'playground', file), 'utf8');

test('opens for this machine only, with a storage of its own, and talks', async () => {
  const { mastra, close } = await openPlayground({
    SOURCE_DATABASE_URL: source.url,
    TARGET_DATABASE_URL: target.url,
    TOWPATH_STORAGE_URL: target.url, // a live server's: the playground must not touch it
    LOG_LEVEL: 'silent',
    PORT: '4999',
    [folderVariable]: folder,
  });
  try {
    expect(mastra.getServer()).toMatchObject({ host: loopback, port: 4999 });
    expect(mastra.getServer()?.cors).toMatchObject({
      origin: [`http://${loopback}:4999`, 'http://localhost:4999'],
    });
    const memory = { thread: 'talk', resource: 'ann' };
    const { text } = await mastra.getAgent('orchestrator').generate('hello', { memory });
    expect(text).toContain('offline guide (no AI model)');
    expect(existsSync(join(folder, '.towpath', 'playground.db'))).toBe(true);
  } finally {
    await close();
  }
  expect(await target.query(`select from pg_namespace where nspname = 'mastra'`)).toEqual([]);
});

test('configured databases are taken as they are, and no sample is made', async () => {
  for (const env of [{ SOURCE_DATABASE_URL: source.url }, { TARGET_DATABASE_URL: target.url }]) {
    const databases = await openDatabases(env, folder);
    expect(databases).toMatchObject({ env: {}, folder });
    await databases.stop();
  }
  expect(existsSync(join(folder, '.towpath', 'playground'))).toBe(false);
});

test('the served file is one line, and the names that cross over to the bundle are the same on both sides', () => {
  expect(read('index.ts')).toBe("export { mastra } from './instance.ts';\n");
  expect(read('instance.ts')).toContain(codeVariable);
});
