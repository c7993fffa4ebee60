/** Rows at a closed gate: a yes to exactly those that are set aside, split up for the gate, and no more. */
import { expect, test } from 'vitest';
import { codeOf, type Office, openOffice } from './moving-office.ts';

const yes = { decision: 'grant', by: 'Marta', reason: 'known for years' } as const;

/** Five of the hundred badges cannot be read; one in a hundred is allowed. */
async function atGate(): Promise<Office & { runId: string }> {
  const office = await openOffice();
  const run = await office.migrate({ approveAs: 'Marta' });
  expect(run.error?.code).toBe('GATE_CLOSED');
  return { ...office, runId: run.runId };
}

const parts = ({ target }: Office) =>
  target.query(
    `select action, max_rows::int as rows, state, run_id as run from towpath.approvals where part_of is not null order by action`,
  );

test('the card names the rows and why; a yes needs a reason and opens the gate once', async () => {
  const office = await atGate();
  const { engine, runId } = office;
  const wish = { action: 'accept-set-aside', runId } as const;
  const card = await engine.requestApproval(wish, 'guide');
  expect(card).toMatchObject({ runId, maxRows: 5, needsReason: true, reversible: { answer: 'yes' } });
  expect(card.effect.join(' ')).toContain('Badges: 5 records. The value in points could not be read');
  expect(card.inTarget).toBe('199 records of 3 kinds are in the new system.');
  expect(await codeOf(engine.decideApproval(card.id, { ...yes, reason: ' ' }))).toBe('REASON_REQUIRED');
  expect(await parts(office)).toEqual([]);
  expect((await office.resume(runId)).error?.code).toBe('GATE_CLOSED');

  const again = await engine.requestApproval(wish, 'guide');
  expect(again.id).toBe(card.id);
  await engine.decideApproval(card.id, yes);
  const action = 'accept-set-aside:badges';
  expect(await parts(office)).toEqual([{ action, rows: 5, state: 'granted', run: null }]);
  expect(await office.resume(runId)).toMatchObject({ state: 'completed' });
  expect(await parts(office)).toEqual([{ action, rows: 5, state: 'used', run: runId }]);
  expect((await engine.approvals()).find(({ id }) => id === card.id)).toMatchObject({ state: 'used', runId });
  expect((await engine.report(runId)).approvals.map((given) => [given.action, given.reason])).toEqual([
    [action, 'known for years'],
    ['migrate', 'approved with --yes'],
  ]);
});

test('used up by whoever asked for it, the gate still finds its part', async () => {
  const office = await atGate();
  const { engine, runId } = office;
  const wish = { action: 'accept-set-aside', runId } as const;
  await engine.decideApproval((await engine.requestApproval(wish, 'guide')).id, yes);
  await engine.useApproval(wish);
  expect(await codeOf(engine.useApproval(wish))).toBe('APPROVAL_USED');
  expect(await office.resume(runId)).toMatchObject({ state: 'completed' });
});

test('more rows than were shown: no yes, no use, and the gate stays closed', async () => {
  const office = await atGate();
  const { engine, runId, target } = office;
  const wish = { action: 'accept-set-aside', runId } as const;
  const oneMore = () =>
    target.query(
      `insert into towpath.quarantined_rows (run_id, entity, legacy_id, reason, message)
       select $1, 'badges', 'x' || count(*), 'misfit', 'test' from towpath.quarantined_rows`,
      [runId],
    );
  const card = await engine.requestApproval(wish, 'guide');
  await oneMore();
  const error = await engine.decideApproval(card.id, yes).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'APPROVAL_OUTDATED' });
  expect((error as Error).message).toContain('5 shown, 6 now');
  const next = await engine.requestApproval(wish, 'guide');
  expect(next).toMatchObject({ maxRows: 6 });
  await engine.decideApproval(next.id, yes);
  await oneMore();
  expect(await codeOf(engine.useApproval(wish))).toBe('APPROVAL_TOO_SMALL');
});

test('a target that changed since: the gate stays closed', async () => {
  const office = await atGate();
  const { engine, runId, target } = office;
  await engine.acceptSetAside(runId, { approver: 'Marta', reason: 'known' });
  await target.query('create table moved.extra (id int)');
  expect((await office.resume(runId)).error?.code).toBe('GATE_CLOSED');
  await target.query('drop table moved.extra');
  expect(await office.resume(runId)).toMatchObject({ state: 'completed' });
});

test('given without being asked for: the same rows, one approval an entity', async () => {
  const office = await atGate();
  const { engine, runId } = office;
  const given = await engine.acceptSetAside(runId, { approver: 'Marta', reason: 'known' });
  expect(given).toMatchObject([{ approver: 'Marta', maxRows: 5 }]);
  expect(await engine.approvals({ states: ['granted'] })).toMatchObject([
    { action: 'accept-set-aside', runId, maxRows: 5, reason: 'known', decidedBy: 'Marta' },
  ]);
  expect(await office.resume(runId)).toMatchObject({ state: 'completed' });
  expect(await codeOf(engine.acceptSetAside(runId, { approver: 'Marta', reason: 'x' }))).toBe(
    'GATE_NOT_CLOSED',
  );
});

test('a yes to one run does nothing for another', async () => {
  const office = await atGate();
  const { engine, runId } = office;
  await engine.acceptSetAside(runId, { approver: 'Marta', reason: 'known' });
  await engine.rollback({ runId, entities: [], preview: false });
  const second = await office.migrate({ approveAs: 'Marta' });
  expect(second.error?.code).toBe('GATE_CLOSED');
});

test('where rows are missing, nobody can say yes', async () => {
  const { engine, runId, target } = await atGate();
  await target.query(
    `update towpath.migration_control set error = jsonb_set(error, '{details,missing}', '["people"]') where run_id = $1`,
    [runId],
  );
  expect(await codeOf(engine.requestApproval({ action: 'accept-set-aside', runId }, 'guide'))).toBe(
    'GATE_CLOSED',
  );
});
