import { beforeEach, expect, test } from 'vitest';
import type { AuditEntry } from '../../../engine/control/audit-store.ts';
import { useControl } from './control-database.ts';

const fixture = useControl();

beforeEach(async () => {
  await fixture.target.query('truncate towpath.audit_log restart identity');
  for (const n of [1, 2, 3, 4]) {
    const details = { zebra: n, apple: { nested: [1.5, null, 'ü'] }, token: 'hidden' };
    await fixture.control.audit.add({ actor: 'Alex', action: `step ${n}`, details });
  }
});

test('an untouched chain is intact, and secrets are not in it', async () => {
  expect(await fixture.control.audit.verify()).toMatchObject({ intact: true, entries: 4 });
  const all: AuditEntry[] = [];
  for await (const entry of fixture.control.audit.entries()) all.push(entry);
  expect(all.map(({ action }) => action)).toEqual(['step 1', 'step 2', 'step 3', 'step 4']);
  expect(JSON.stringify(all)).not.toContain('hidden');
});

test.each([
  ['a changed actor', "update towpath.audit_log set actor = 'Sam' where seq = 2", '2'],
  ['a changed detail', `update towpath.audit_log set details = details || '{"zebra": 9}' where seq = 3`, '3'],
  ['a moved time', "update towpath.audit_log set at = at + interval '1 millisecond' where seq = 1", '1'],
  ['a removed entry', 'delete from towpath.audit_log where seq = 2', '3'],
  ['a removed first entry', 'delete from towpath.audit_log where seq = 1', '2'],
])('%s breaks it', async (_, change, brokenAt) => {
  await fixture.target.query(change);
  expect(await fixture.control.audit.verify()).toMatchObject({ intact: false, brokenAt });
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
