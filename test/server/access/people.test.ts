/** The file of people, and sessions that outlive the server but not the person. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createClock } from '../../../engine/core/clock.ts';
import { createOwnerAccess } from '../../../server/access/access.ts';
import { createPeopleAccess } from '../../../server/access/people-access.ts';
import { addPerson, readPeople, removePerson } from '../../../server/access/people-file.ts';
import { openSessionFile } from '../../../server/access/session-file.ts';
import { createSessions } from '../../../server/access/sessions.ts';
import type { Role } from '../../../server/shapes/access.ts';

const folder = mkdtempSync(join(tmpdir(), 'towpath-people-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const clock = createClock();
const errors: string[] = [];
const log = { error: (action: string) => void errors.push(action) };
const newFile = () => join(mkdtempSync(join(folder, 'x-')), 'deep', 'people.json');
const add = (path: string, name: string, role: Role) =>
  addPerson(path, { name, role, until: null, now: new Date() });

test('a token is in no file, and only its owner may write the file', async () => {
  const path = newFile();
  const token = add(path, 'Ada Lovelace', 'approver');
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(readFileSync(path, 'utf8')).not.toContain(token);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const access = createPeopleAccess(path, clock, log);
  expect(await access.visitorOf(token)).toEqual({ name: 'Ada Lovelace', role: 'approver' });
  expect(await access.visitorOf(readPeople(path)[0]!.tokenHash)).toBeNull();
  expect(() => add(path, 'Ada Lovelace', 'viewer')).toThrow(
    expect.objectContaining({ code: 'PERSON_KNOWN' }),
  );
  expect(() => removePerson(path, 'Bob')).toThrow(expect.objectContaining({ code: 'UNKNOWN_PERSON' }));
});

test('what changes in the file counts at once, for open sessions too', async () => {
  const path = newFile();
  const token = add(path, 'Ada', 'viewer');
  const access = createPeopleAccess(path, clock, log);
  const sessions = createSessions(access, clock);
  const id = await sessions.begin((await access.visitorOf(token))!, token);
  writeFileSync(path, readFileSync(path, 'utf8').replace('"viewer"', '"operator"'));
  expect(await sessions.visitorOf(id)).toEqual({ name: 'Ada', role: 'operator' });
  const bob = add(path, 'Bob', 'viewer');
  expect(await access.visitorOf(bob)).toMatchObject({ name: 'Bob' });
  removePerson(path, 'Ada');
  expect(await sessions.visitorOf(id)).toBeNull();
});

test('a file that cannot be read, or that others can write, lets nobody in', async () => {
  const path = newFile();
  const token = add(path, 'Ada', 'viewer');
  const access = createPeopleAccess(path, clock, log);
  writeFileSync(path, '{"version":1,"people":[{"name":"Eve","role":"approver"}]}');
  expect(await access.visitorOf(token)).toBeNull();
  expect(errors).toEqual(['people unknown']);
  expect(() => createPeopleAccess(path, clock, log)).toThrow(
    expect.objectContaining({ code: 'ACCESS_FILE_BROKEN' }),
  );
  const open = newFile();
  add(open, 'Ada', 'viewer');
  chmodSync(open, 0o666);
  expect(() => readPeople(open)).toThrow(expect.objectContaining({ code: 'ACCESS_FILE_BROKEN' }));
  expect(() => readPeople(newFile())).toThrow(expect.objectContaining({ code: 'ACCESS_FILE_MISSING' }));
});

test('a server that is started again knows its sessions, as long as their token still counts', async () => {
  const path = join(folder, 'sessions.json');
  const owner = { name: 'Otto', role: 'approver' } as const;
  const first = createOwnerAccess('the token in .env', owner);
  const id = await createSessions(first, clock, openSessionFile(path)).begin(owner, 'the token in .env');
  expect(readFileSync(path, 'utf8')).not.toContain(id);
  const again = createSessions(first, clock, openSessionFile(path));
  expect(await again.visitorOf(id)).toEqual(owner);
  const other = createSessions(createOwnerAccess('another token', owner), clock, openSessionFile(path));
  expect(await other.visitorOf(id)).toBeNull();
});

test('one person has fifty sessions, and what is kept of them does not grow', async () => {
  const owner = { name: 'Otto', role: 'approver' } as const;
  const sessions = createSessions(createOwnerAccess('t', owner), clock);
  const ids: string[] = [];
  for (let i = 0; i < 51; i++) ids.push(await sessions.begin(owner, 't'));
  expect(await sessions.visitorOf(ids[0]!)).toBeNull();
  expect(await sessions.visitorOf(ids[1]!)).toEqual(owner);
  expect(await sessions.visitorOf(ids[50]!)).toEqual(owner);
});
