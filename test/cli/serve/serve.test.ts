/** `towpath serve` before it listens: who may be let in, and the people it keeps. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addressesOf } from '../../../cli/serve/addresses.ts';
import { createClock } from '../../../engine/core/clock.ts';
import { createPeopleAccess } from '../../../server/access/people-access.ts';
import { makeFolder, runCli } from '../run-cli.ts';

const env = { TOWPATH_ACCESS_FILE: '.towpath/people.json' };
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

test.each([
  ['0.0.0.0', []],
  ['::', []],
  ['192.0.2.7', []],
  ['move.example.org', []],
  ['0.0.0.0', ['--address', 'https://move.example.org']],
  ['127.0.0.1', ['--address', 'https://move.example.org']],
])('other computers are not let in at %s %s while nobody is asked who they are', async (host, more) => {
  const { code, stderr } = await runCli(['serve', '--host', host, ...more, '--json']);
  expect(code).toBe(1);
  expect(stderr).toContain('Other computers would reach this page');
});

test('a token that can be guessed, a wrong address, a file that is not there: nothing is started', async () => {
  const short = await runCli(['serve'], { env: { TOWPATH_TOKEN: 'secret' } });
  expect(short.stderr).toContain('TOWPATH_TOKEN is too short');
  expect(short.stderr).not.toContain('secret');
  const missing = await runCli(['serve', '--host', '0.0.0.0'], { env });
  expect(missing.stderr).toContain('The file of people');
  const ofNobody = await runCli(['serve', '--role', 'viewer'], { env: { TOWPATH_TOKEN: 'secret' } });
  expect({ code: ofNobody.code, text: ofNobody.stderr }).toMatchObject({
    code: 2,
    text: expect.stringContaining('approver’s'),
  });
  const keys = await runCli(['serve'], { env: { TOWPATH_SUPABASE_AUTH: 'true' } });
  expect(keys.stderr).toContain('SUPABASE_URL is missing');
  for (const address of [
    'move.example.org',
    'ftp://move.example.org',
    'https://move.example.org/page',
    'https://a@b',
  ]) {
    const { code, stderr } = await runCli(['serve', '--address', address]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('--address') });
  }
});

test('with people of their own other computers come in, by a name that is given', () => {
  expect(() => addressesOf({ host: '0.0.0.0' }, true)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  const behind = addressesOf({ host: '0.0.0.0', address: 'https://move.example.org/' }, true);
  expect(behind.shown(4400)).toBe('https://move.example.org');
  expect(behind.all(4400)).toContain('https://move.example.org');
  expect(behind.warning).toBeNull();
  const plain = addressesOf({ host: '192.0.2.7', address: 'http://192.0.2.7:4400' }, true);
  expect(plain.warning).toContain('readable');
  const here = addressesOf({ host: '127.0.0.1' }, false);
  expect(here.all(4400)).toEqual(['http://127.0.0.1:4400', 'http://localhost:4400', 'http://[::1]:4400']);
});

test('a person is added, listed and taken out; the token is shown once and written nowhere', async () => {
  const folder = makeFolder();
  const run = (...words: string[]) => runCli(['serve', ...words, '--json'], { env, folder });
  const added = json((await run('add-person', 'Ada Lovelace', '--role', 'approver', '--days', '30')).stdout);
  expect(added).toMatchObject({ status: 'added', name: 'Ada Lovelace', role: 'approver' });
  const path = join(folder, '.towpath', 'people.json');
  expect(readFileSync(path, 'utf8')).not.toContain(added.token);
  expect(statSync(path).mode & 0o077).toBe(0);
  const access = createPeopleAccess(path, createClock(), { error: () => {} });
  expect(await access.visitorOf(String(added.token))).toMatchObject({
    name: 'Ada Lovelace',
    role: 'approver',
  });
  const listed = await run('list-people');
  expect(json(listed.stdout)).toMatchObject({ people: [{ name: 'Ada Lovelace', role: 'approver' }] });
  expect(listed.stdout).not.toMatch(/sha256|token/i);
  expect((await run('add-person', 'Ada Lovelace', '--role', 'viewer')).code).toBe(1);
  expect((await run('remove-person', 'Ada Lovelace')).code).toBe(0);
  expect(await access.visitorOf(String(added.token))).toBeNull();
});

test('what is missing is said, and what to type instead', async () => {
  const noRole = await runCli(['serve', 'add-person', 'Ada'], { env });
  expect({ code: noRole.code, text: noRole.stderr }).toMatchObject({
    code: 2,
    text: expect.stringContaining('--role'),
  });
  const noName = await runCli(['serve', 'add-person', '--role', 'viewer'], { env });
  expect(noName.code).toBe(2);
  const twoLines = await runCli(['serve', 'add-person', 'Ada\nLovelace', '--role', 'viewer'], { env });
  expect(twoLines.code).toBe(2);
  const noFile = await runCli(['serve', 'list-people']);
  expect(noFile.stderr).toContain('TOWPATH_ACCESS_FILE');
});
