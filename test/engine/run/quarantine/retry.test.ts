/** Rows that were set aside are grouped, tried, moved after all, and accounted for, on a real move of a small office. */
import { expect, test } from 'vitest';
import type { PlanFile } from '../../../../engine/plan/plan-file.ts';
import { changedPlan } from '../../../../engine/run/quarantine/changed-plan.ts';
import { codeOf, type Office, openOffice } from '../moving-office.ts';

const YES = { approveAs: 'ada', validate: true } as const;

/** Five of a hundred badges have points that are no number. */
async function movedOffice(): Promise<Office & { readonly runId: string }> {
  const office = await openOffice();
  const { runId, state } = await office.migrate({ approveAs: 'ada', maxFailureRate: 1 });
  expect(state).toBe('completed');
  return { ...office, runId };
}

function withBadges(
  plan: PlanFile,
  change: Partial<PlanFile['entities'][number]['columns'][number]>,
): PlanFile {
  return {
    ...plan,
    entities: plan.entities.map((entity) => ({
      ...entity,
      columns: entity.columns.map((column) =>
        entity.name === 'badges' && column.to === 'points' ? { ...column, ...change } : column,
      ),
    })),
  };
}

const counts = (office: Office) =>
  office.target.query(
    `select rows_read::int as read, rows_written::int as written, rows_quarantined::int as aside, rows_repaired::int as repaired
     from towpath.entity_migration_status where entity = 'badges'`,
  );

test('rows of one cause are one card, with its form, masked samples and what would let them through', async () => {
  const office = await movedOffice();
  const cards = await office.engine.causeCards({});
  expect(cards).toHaveLength(1);
  expect(cards[0]).toMatchObject({
    entity: 'badges',
    reason: 'malformed-value',
    column: 'points',
    shape: 'letters(1-8)',
    rows: 5,
  });
  expect(cards[0]!.id).toMatch(/^[0-9a-f]{8}$/);
  expect(cards[0]!.samples[0]).toEqual({ legacyId: '1', value: 'm•••' });
  expect(JSON.stringify(cards)).not.toContain('many');
});

test('a trial says how many would pass, and writes nothing', async () => {
  const office = await movedOffice();
  const plan = withBadges(office.plan, { nullable: true, onMisfit: 'null' });
  const [before] = await office.target.query(
    'select pg_current_wal_lsn()::text as lsn, txid_current_snapshot()::text as s',
  );
  const report = await office.engine.tryFix({
    cards: [],
    plan: withBadges(office.plan, { onMisfit: 'placeholder', placeholder: '7' }),
  });
  expect(report).toMatchObject({
    rows: 5,
    wouldMove: 5,
    wouldBeRepaired: 5,
    stillHeld: [],
    refusal: null,
    onlyAtRetry: [],
  });
  expect(report.samples[0]).toMatchObject({ before: { points: 'm•••' }, after: { points: '0' } });
  expect(before).toBeDefined();
  expect(await office.rows('badges')).toBe(95);
  const other = await office.engine.tryFix({ cards: [], plan });
  expect(other.refusal).toContain('more than how values are read');
});

test('a retry moves them, and the whole is verified under the edited plan', async () => {
  const office = await movedOffice();
  const plan = withBadges(office.plan, { onMisfit: 'placeholder', placeholder: '7' });
  const report = await office.engine.retry({ cards: [], plan, ...YES });
  expect(report.entities).toEqual([
    {
      entity: 'badges',
      moved: 5,
      duplicates: 0,
      repaired: 5,
      stillHeld: 0,
      leftOut: 0,
      gone: 0,
      changedSince: 0,
      relinked: 0,
    },
  ]);
  expect(report).toMatchObject({ validation: 'verified', runState: 'completed', canFollow: [] });
  expect(await counts(office)).toEqual([{ read: 100, written: 100, aside: 0, repaired: 5 }]);
  expect(await office.rows('badges')).toBe(100);
  expect((await office.engine.status()).planHash).toBe(report.planHash);
  expect((await office.audited()).filter((entry) => entry.includes('quarantine'))).not.toEqual([]);
  const again = await office.engine.retry({ cards: [], plan, approveAs: null, validate: true });
  expect(again.rows).toBe(0);
});

test('without an approval of its own nothing is written; with one it is used once', async () => {
  const office = await movedOffice();
  const plan = withBadges(office.plan, { onMisfit: 'placeholder', placeholder: '7' });
  const wanted = { cards: [], plan, approveAs: null, validate: false } as const;
  expect(await codeOf(office.engine.retry(wanted))).toBe('APPROVAL_REQUIRED');
  expect(await office.rows('badges')).toBe(95);
  const wish = { action: 'retry-quarantine', runId: office.runId, plan, cards: [] } as const;
  const card = await office.engine.requestApproval(wish, 'agent');
  expect(card).toMatchObject({ maxRows: 5, state: 'requested', reversible: { answer: 'yes' } });
  const [held] = await office.engine.causeCards({ runId: office.runId });
  expect(card.effect, 'why they were set aside, and how many').toContain(
    `Badges: 5 records. ${held!.explanation}`,
  );
  expect([card.title, ...card.effect].join(' ')).not.toContain(office.runId);
  await office.engine.decideApproval(card.id, { decision: 'grant', by: 'ada' });
  const report = await office.engine.retry(wanted);
  expect(report).toMatchObject({ validation: null, runState: 'copied' });
  expect(await office.rows('badges')).toBe(100);
  await office.engine.rollback({ runId: office.runId, entities: [], preview: false });
  expect(await office.rows('badges')).toBe(0);
});

test('a plan under which moved rows would be otherwise is refused', async () => {
  const office = await movedOffice();
  const plan = withBadges(office.plan, {
    transform: [
      { kind: 'replace', pattern: 'many|9', with: '1', ignoreCase: false, first: false, noMatch: 'keep' },
      { kind: 'cast' },
    ],
  });
  expect(await codeOf(office.engine.retry({ cards: [], plan, ...YES }))).toBe('RETRY_CHANGES_MOVED_ROWS');
  expect(await office.rows('badges')).toBe(95);
  const narrow = withBadges(office.plan, {
    transform: [
      { kind: 'replace', pattern: 'many', with: '1', ignoreCase: false, first: false, noMatch: 'keep' },
      { kind: 'cast' },
    ],
  });
  expect((await office.engine.retry({ cards: [], plan: narrow, ...YES })).validation).toBe('verified');
});

test('rows that are gone, changed or left out since are told and accounted for', async () => {
  const office = await movedOffice();
  await office.source.query(`delete from badges where id = 1`);
  await office.source.query(`update badges set points = '22' where id = 2`);
  const plan = {
    ...office.plan,
    entities: office.plan.entities.map((entity) =>
      entity.name === 'badges' ? { ...entity, where: 'id <> 3' } : entity,
    ),
  };
  const tried = await office.engine.tryFix({ cards: [], plan });
  expect(tried).toMatchObject({ rows: 5, wouldMove: 1, gone: 1, leftOut: 1, changedSince: 1 });
  const report = await office.engine.retry({ cards: [], plan, ...YES });
  expect(report.entities).toMatchObject([{ moved: 1, stillHeld: 2, leftOut: 1, gone: 1, changedSince: 1 }]);
  expect(report.validation).toBe('verified');
  expect(await counts(office)).toEqual([{ read: 98, written: 96, aside: 2, repaired: 0 }]);
});

test('what a card suggests goes through, and rows that were moved are looked at for it', async () => {
  const office = await openOffice();
  await office.source.query(`update badges set points = '3,50' where id <= 5`);
  const money = withBadges(office.plan, { type: 'numeric(12,2)' });
  await office.migrate({ approveAs: 'ada', maxFailureRate: 1, validate: false }, money);
  const [card] = await office.engine.causeCards({});
  expect(card!.suggestion).toMatchObject({
    words: 'Read the comma as the decimal point in points.',
    loses: null,
  });
  const { changes } = card!.suggestion!;
  const tried = await office.engine.tryFix({ cards: [card!.id], changes });
  expect(tried).toMatchObject({ wouldMove: 5, refusal: null, stillHeld: [] });
  expect(tried.samples[0]).toMatchObject({ before: { points: '0,00' }, after: { points: '0.00' } });
  const plan = changedPlan(money, changes);
  const report = await office.engine.retry({ cards: [card!.id], plan, ...YES });
  expect(report).toMatchObject({ planHash: tried.planHash, validation: 'verified' });
});
