/** Approvals behind a move: to undo it, to sign it, to tidy up. */
import { expect, test } from 'vitest';
import { codeOf, type Office, openOffice } from './moving-office.ts';

const yes = { decision: 'grant', by: 'Marta' } as const;

async function moved(options = {}): Promise<Office & { runId: string }> {
  const office = await openOffice();
  const run = await office.migrate({ approveAs: 'Marta', maxFailureRate: 1, ...options });
  return { ...office, runId: run.runId };
}

test('undoing: exactly the rows the run put there, from what a rollback would meet', async () => {
  const office = await moved();
  const { engine, runId, target } = office;
  const wish = { action: 'rollback', runId } as const;
  const card = await engine.requestApproval(wish, 'guide');
  expect(card).toMatchObject({
    runId,
    maxRows: 199,
    sourceFingerprint: null,
    reversible: { answer: 'yes', how: expect.stringContaining('under the same ids') },
    inTarget: '199 records of 3 kinds are in the new system.',
  });
  expect(card.effect.join(' ')).toContain('removed too: 3.');
  await target.query(`insert into moved.teams (legacy_id, name) values (77, 'mine')`);
  const shown = await engine.requestApproval(wish, 'guide');
  expect(shown.id).toBe(card.id);
  await engine.decideApproval(card.id, yes);
  await engine.useApproval(wish);
  const undone = await engine.rollback({ runId, entities: [], preview: false });
  expect(undone.entities.reduce((sum, { rows }) => sum + rows, 0)).toBe(199);
  expect(await target.query('select name from moved.teams')).toEqual([{ name: 'mine' }]);
  expect(await codeOf(engine.useApproval(wish))).toMatch(/^APPROVAL_/);
});

test('undoing does not reach further than the yes', async () => {
  const office = await moved();
  const { engine, runId, target } = office;
  const wish = { action: 'rollback', runId } as const;
  await target.query('delete from moved.badges where legacy_id > 50');
  const card = await engine.requestApproval(wish, 'guide');
  expect(card.maxRows).toBe(149);
  await engine.decideApproval(card.id, yes);
  await target.query('update towpath.approvals set max_rows = 148 where id = $1', [card.id]);
  expect(await codeOf(engine.useApproval(wish))).toBe('APPROVAL_TOO_SMALL');
  await target.query('update towpath.approvals set max_rows = 149 where id = $1', [card.id]);
  await target.query('alter table moved.badges add note text');
  expect(await codeOf(engine.useApproval(wish))).toBe('APPROVAL_OUTDATED');
});

test('undoing is only partly reversible once the source has changed', async () => {
  const { engine, runId, source } = await moved();
  await source.query('alter table people add nickname text');
  const card = await engine.requestApproval({ action: 'rollback', runId }, 'guide');
  expect(card.reversible).toMatchObject({ answer: 'partly', how: expect.stringContaining('new plan') });
});

test('a signature: for what was validated, naming what was not', async () => {
  const { engine, runId, target } = await moved();
  const wish = { action: 'sign-off', runId } as const;
  const card = await engine.requestApproval(wish, 'guide');
  expect(card).toMatchObject({ runId, maxRows: 0, reversible: { answer: 'no' } });
  expect(card.title, 'people know a move by when it was').toMatch(
    /^Accept the result of the move of \d+ \w+ \d{4}, \d\d:\d\d UTC\.$/,
  );
  const effect = card.effect.join('\n');
  expect(effect).not.toContain(runId);
  expect(effect).toContain('All 199 rows in the new system match the old one');
  expect(effect).toMatch(/^Verified: Every field of every row/m);
  const { notVerified } = await engine.report(runId);
  expect(notVerified.length).toBeGreaterThan(0);
  for (const words of notVerified) expect(effect).toContain(`Not verified: ${words}`);
  await engine.decideApproval(card.id, yes);
  await target.query(`update moved.people set name = 'changed' where legacy_id = 1`);
  await engine.validate({ type: 'all', runId, entities: [], fix: false });
  const error = await engine.useApproval(wish).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'APPROVAL_OUTDATED' });
  expect((error as Error).message).toContain('what was validated changed since');

  const second = await engine.requestApproval(wish, 'guide');
  expect(second.id).not.toBe(card.id);
  expect(second.effect.join('\n')).toContain('Differs, and signing accepts it: ');
  await engine.decideApproval(second.id, yes);
  expect(await engine.useApproval(wish)).toMatchObject({ state: 'used', decidedBy: 'Marta', runId });
  expect((await engine.report(runId)).approvals.filter(({ action }) => action === 'sign-off')).toMatchObject([
    { approver: 'Marta' },
  ]);
});

test('a later look at one side of it asks for a new signature', async () => {
  const { engine, runId } = await moved();
  const wish = { action: 'sign-off', runId } as const;
  const card = await engine.requestApproval(wish, 'guide');
  await engine.validate({ type: 'integrity', runId, entities: [], fix: false });
  expect(await codeOf(engine.decideApproval(card.id, yes))).toBe('APPROVAL_OUTDATED');
  const next = await engine.requestApproval(wish, 'guide');
  expect(next.effect.join('\n')).toContain('A later look at integrity alone came to: ');
});

test('nothing is signed that nobody compared, or that is not all there', async () => {
  const { engine, runId } = await moved({ validate: false });
  expect(await codeOf(engine.requestApproval({ action: 'sign-off', runId }, 'guide'))).toBe('NOT_VALIDATED');
  await engine.rollback({ runId, entities: [], preview: false });
  expect(await codeOf(engine.requestApproval({ action: 'sign-off', runId }, 'guide'))).toBe(
    'RUN_NOT_FINISHED',
  );
  const stopped = await moved({ maxFailureRate: null });
  expect(
    await codeOf(stopped.engine.requestApproval({ action: 'sign-off', runId: stopped.runId }, 'guide')),
  ).toBe('RUN_NOT_FINISHED');
});

test('tidying up: so many notes of that age, tied to no plan', async () => {
  const { engine, target } = await moved();
  await target.query(`update towpath.migration_checkpoints set created_at = now() - interval '40 days'`);
  const [old] = await target.query<{ n: number }>(
    'select count(*)::int as n from towpath.migration_checkpoints',
  );
  const wish = { action: 'clean-up', olderThanDays: 30 } as const;
  const card = await engine.requestApproval(wish, 'guide');
  expect(card).toMatchObject({ maxRows: old!.n, planHash: '', reversible: { answer: 'no' }, runId: null });
  await engine.decideApproval(card.id, yes);
  expect(await codeOf(engine.useApproval({ ...wish, olderThanDays: 10 }))).toBe('APPROVAL_REQUIRED');
  expect(await engine.useApproval(wish)).toMatchObject({ state: 'used' });
});
