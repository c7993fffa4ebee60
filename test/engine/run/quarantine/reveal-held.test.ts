/** Values that are shown to a person: only the one that did not fit, and never before the audit log says who looked and why. */
import { expect, test } from 'vitest';
import { openOffice } from '../moving-office.ts';

async function withHeld() {
  const office = await openOffice();
  const { runId } = await office.migrate({ approveAs: 'ada', maxFailureRate: 1 });
  const [card] = await office.engine.causeCards({ entity: 'badges' });
  return { ...office, runId, card: card! };
}

const why = { by: 'Ada', reason: 'to call them' };

test('the value that did not fit is shown, and the log says to whom and why', async () => {
  const { engine, card, source, runId } = await withHeld();
  const shown = await engine.revealHeld({ ...why, card: card.id });
  expect(shown).toMatchObject({ card: card.id, entity: 'badges', column: 'points' });
  expect(shown.rows).toHaveLength(3);
  for (const { legacyId, value, row } of shown.rows) {
    const [old] = await source.query<{ points: string }>('select points::text from badges where id = $1', [
      legacyId,
    ]);
    expect([value, row]).toEqual([old!.points, null]);
  }
  const [entry] = await engine.auditLog(1);
  expect(entry).toMatchObject({
    actor: 'Ada',
    action: 'values.revealed',
    details: { runId, card: card.id, entity: 'badges', column: 'points', rows: 3, reason: 'to call them' },
  });
  expect(JSON.stringify(entry!.details)).not.toContain(shown.rows[0]!.value);
});

test('without a name, a reason or a card nothing is shown and nothing is written', async () => {
  const { engine, card, audited } = await withHeld();
  const before = await audited();
  const refused = (over: object) => engine.revealHeld({ ...why, card: card.id, ...over });
  await expect(refused({ reason: ' ' })).rejects.toMatchObject({ code: 'REASON_REQUIRED' });
  await expect(refused({ by: '' })).rejects.toMatchObject({ code: 'NAME_REQUIRED' });
  await expect(refused({ card: 'ffffffff' })).rejects.toMatchObject({ code: 'UNKNOWN_CARD' });
  expect(await audited()).toEqual(before);
});

test('where the log cannot be written, no value is shown', async () => {
  const { engine, card, target } = await withHeld();
  await target.query(
    `alter table towpath.audit_log add constraint full_up check (action <> 'values.revealed') not valid`,
  );
  await expect(engine.revealHeld({ ...why, card: card.id })).rejects.toThrow();
});

test('a few rows that were moved, and the pace of a run', async () => {
  const { engine, runId, plan } = await withHeld();
  const keys = await engine.movedKeys(plan.migration, 'badges', 4);
  expect(new Set(keys).size).toBe(4);
  expect(await engine.movedKeys(plan.migration, 'nothing', 4)).toEqual([]);
  const pace = await engine.throughput(runId);
  const { entities } = await engine.status(runId);
  const written = entities.reduce((sum, entity) => sum + entity.written, 0);
  expect(pace.reduce((sum, { rowsPerSecond }) => sum + rowsPerSecond, 0)).toBe(written);
});
