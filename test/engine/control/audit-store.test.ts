import { beforeEach, expect, test } from 'vitest';
import { hashOf } from '../../../engine/control/audit-chain.ts';
import type { AuditEntry } from '../../../engine/control/audit-entry.ts';
import { useControl } from './control-database.ts';

const fixture = useControl();

/** What whoever owns the table can do: take its guard away, change something, and put it back. */
async function tamper(...statements: string[]): Promise<void> {
  await fixture.database.transaction(async (session) => {
    await session.query('alter table towpath.audit_log disable trigger all');
    for (const statement of statements) await session.query(statement);
    for (const name of ['audit_log_append_only', 'audit_log_in_order'])
      await session.query(`alter table towpath.audit_log enable always trigger ${name}`);
  });
}

async function all(): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for await (const entry of fixture.control.audit.entries()) found.push(entry);
  return found;
}

const hashes = async () => (await all()).map(({ hash }) => hash);

beforeEach(async () => {
  await tamper('truncate towpath.audit_log restart identity');
  for (const n of [1, 2, 3, 4]) {
    const details = { zebra: n, apple: { nested: [1.5, null, 'ü'] }, token: 'hidden' };
    await fixture.control.audit.add({ actor: 'Alex', action: `step ${n}`, details });
  }
});

test('an untouched chain is intact, and secrets are not in it', async () => {
  const kept = await hashes();
  expect(await fixture.control.audit.verify()).toEqual({
    intact: true,
    entries: 4,
    firstHash: kept[0],
    lastHash: kept[3],
    witnessed: false,
    guarded: true,
  });
  expect(await fixture.control.audit.verify({ hashes: kept.slice(0, 3), hash: kept[2]! })).toMatchObject({
    intact: true,
    witnessed: true,
  });
  expect((await all()).map(({ action }) => action)).toEqual(['step 1', 'step 2', 'step 3', 'step 4']);
  expect(JSON.stringify(await all())).not.toContain('hidden');
});

test.each([
  "update towpath.audit_log set actor = 'Sam' where seq = 2",
  'update towpath.audit_log set seq = seq where false',
  'delete from towpath.audit_log where seq = 4',
  'truncate towpath.audit_log',
  'truncate towpath.audit_log cascade',
  "insert into towpath.audit_log (at, actor, action, details, previous_hash, hash) values (now(), 'Sam', 'x', '{}', 'no', 'h')",
  `insert into towpath.audit_log (seq, at, actor, action, details, previous_hash, hash) overriding system value
   select 0, at, actor, action, details, hash, 'h' from towpath.audit_log where seq = 4`,
  `insert into towpath.audit_log select * from towpath.audit_log on conflict do nothing`,
  `insert into towpath.audit_log (seq, at, actor, action, details, previous_hash, hash) overriding system value
   select * from towpath.audit_log where seq = 4 on conflict (seq) do update set actor = 'Sam'`,
])('its owner is refused: %s', async (change) => {
  const before = await all();
  for (const role of ['origin', 'replica']) {
    const refused = fixture.database.transaction(async (session) => {
      await session.query(`set local session_replication_role = ${role}`);
      await session.query(change);
    });
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/^(23001|428C9)$/) });
  }
  expect(await all()).toEqual(before);
});

test.each([
  ['a changed actor', "update towpath.audit_log set actor = 'Sam' where seq = 2", '2', 'changed'],
  ['a changed act', "update towpath.audit_log set action = 'none' where seq = 4", '4', 'changed'],
  [
    'a changed detail',
    `update towpath.audit_log set details = details || '{"zebra": 9}' where seq = 3`,
    '3',
    'changed',
  ],
  [
    'a moved time',
    "update towpath.audit_log set at = at + interval '1 millisecond' where seq = 1",
    '1',
    'changed',
  ],
  [
    'a time moved by less than its hash covers',
    "update towpath.audit_log set at = at + interval '1 microsecond' where seq = 1",
    '1',
    'changed',
  ],
  ['a removed entry', 'delete from towpath.audit_log where seq = 2', '3', 'removed'],
  ['removed entries', 'delete from towpath.audit_log where seq in (2, 3)', '4', 'removed'],
  ['a removed first entry', 'delete from towpath.audit_log where seq = 1', '2', 'removed'],
])('%s breaks it', async (_, change, brokenAt, kind) => {
  await tamper(change);
  expect(await fixture.control.audit.verify()).toMatchObject({
    intact: false,
    brokenAt,
    kind,
    guarded: true,
  });
});

test('an entry put between others is found, though its own hash fits', async () => {
  const [, second] = await all();
  const forged = {
    previousHash: second!.hash,
    at: second!.at,
    actor: 'Sam',
    action: 'approval.granted',
    details: {},
  };
  await tamper(
    'create temp table behind on commit drop as select * from towpath.audit_log where seq > 2',
    'delete from towpath.audit_log where seq > 2',
    `insert into towpath.audit_log (seq, at, actor, action, details, previous_hash, hash) overriding system value
     select seq + 1, at, actor, action, details, previous_hash, hash from behind`,
    `insert into towpath.audit_log (seq, at, actor, action, details, previous_hash, hash) overriding system value
     values (3, '${forged.at}', 'Sam', 'approval.granted', '{}', '${forged.previousHash}', '${hashOf(forged)}')`,
  );
  expect(await fixture.control.audit.verify()).toMatchObject({
    intact: false,
    entries: 2,
    brokenAt: '3',
    kind: 'inserted',
  });
});

test('an entry replaced by another with a hash of its own is found', async () => {
  const second = (await all())[1]!;
  const forged = { ...second, actor: 'Sam' };
  await tamper(`update towpath.audit_log set actor = 'Sam', hash = '${hashOf(forged)}' where seq = 2`);
  expect(await fixture.control.audit.verify()).toMatchObject({
    intact: false,
    brokenAt: '2',
    kind: 'changed',
  });
});

test('an end that was cut off is found by what was kept, and by nothing else', async () => {
  const kept = await hashes();
  await tamper('delete from towpath.audit_log where seq in (3, 4)');
  const { audit } = fixture.control;
  expect(await audit.verify()).toMatchObject({ intact: true, entries: 2, witnessed: false });
  const cut = { intact: false, kind: 'cut-off', brokenAt: '2', entries: 2 };
  expect(await audit.verify({ hashes: kept })).toMatchObject(cut);
  expect(await audit.verify({ hash: kept[3]! })).toMatchObject(cut);
  await tamper('delete from towpath.audit_log');
  expect(await audit.verify({ hashes: kept })).toMatchObject({ ...cut, brokenAt: '0', entries: 0 });
});

test('a log written anew from some entry on is found by what was kept', async () => {
  const entries = await all();
  const kept = entries.map(({ hash }) => hash);
  let previousHash = entries[0]!.hash;
  const statements = entries.slice(1).map((entry) => {
    const next = { ...entry, actor: 'Sam', previousHash };
    const old = previousHash;
    previousHash = hashOf(next);
    return `update towpath.audit_log set actor = 'Sam', previous_hash = '${old}', hash = '${previousHash}' where seq = ${entry.seq}`;
  });
  await tamper(...statements);
  const { audit } = fixture.control;
  expect(await audit.verify()).toMatchObject({ intact: true });
  expect(await audit.verify({ hashes: kept })).toMatchObject({
    intact: false,
    kind: 'changed',
    brokenAt: '2',
  });
  expect(await audit.verify({ hash: kept[3]! })).toMatchObject({ intact: false, kind: 'cut-off' });
});

test.each([
  'alter table towpath.audit_log disable trigger audit_log_append_only',
  'alter table towpath.audit_log enable trigger audit_log_in_order',
  'drop trigger audit_log_append_only on towpath.audit_log',
  `create or replace function towpath.refuse_audit_change() returns trigger language plpgsql set search_path = pg_catalog
   as 'begin return null; end'`,
  'alter function towpath.refuse_audit_disorder() set search_path = public',
  `drop trigger audit_log_append_only on towpath.audit_log;
   create trigger audit_log_append_only before truncate on towpath.audit_log
     for each statement execute function towpath.refuse_audit_change();
   alter table towpath.audit_log enable always trigger audit_log_append_only`,
  `drop trigger audit_log_in_order on towpath.audit_log;
   create trigger audit_log_in_order before insert on towpath.audit_log
     for each row when (new.actor = 'nobody') execute function towpath.refuse_audit_disorder();
   alter table towpath.audit_log enable always trigger audit_log_in_order`,
])('a guard that was taken away is told: %s', async (change) => {
  const undone = fixture.database.transaction(async (session) => {
    await session.query(change);
    const { createAuditStore } = await import('../../../engine/control/audit-store.ts');
    const verdict = await createAuditStore(session as never).verify();
    expect(verdict).toMatchObject({ intact: true, guarded: false });
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  expect(await fixture.control.audit.verify()).toMatchObject({ guarded: true });
});

test('writers at once make one chain', async () => {
  const { audit } = fixture.control;
  await Promise.all(Array.from({ length: 8 }, (_, i) => audit.add({ actor: 'job', action: `at once ${i}` })));
  expect(await audit.verify()).toMatchObject({ intact: true, entries: 12 });
});

test('an entry of a transaction that fails was never made', async () => {
  const { audit } = fixture.control;
  const failing = fixture.database.transaction(async (session) => {
    await audit.add({ actor: 'job', action: 'undone' }, session);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await audit.add({ actor: 'job', action: 'after' });
  expect(await audit.verify()).toMatchObject({ intact: true, entries: 5 });
});
