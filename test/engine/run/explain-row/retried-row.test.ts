/** Rows that a retry brought in or linked again are told by its plan, its approval, its time and what was compared since. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowExplanation } from '../../../../engine/contract/explain.ts';
import type { PlanFile } from '../../../../engine/plan/plan-file.ts';
import { planHash } from '../../../../engine/plan/plan-hash.ts';
import { useTestDatabase } from '../../../helpers/test-database.ts';
import { type OpenMove, openMove } from '../../journey/facts/open-move.ts';
import { clinicPlan, oldClinic } from './old-clinic.ts';

const source = useTestDatabase();
const target = useTestDatabase();
let open: OpenMove;
let plan: PlanFile;
let now: PlanFile;

const explain = (entity: string, id: string) => open.engine.explainRow({ entity, id, values: 'shown' });

beforeAll(async () => {
  await source.query(oldClinic);
  open = openMove(source, target);
  plan = clinicPlan((await open.look()).plan);
  now = withChoice(plan);
  expect((await open.move(plan)).state).toBe('completed');
}, 120_000);
afterAll(() => open.close());

/** Status 9 is known, too. */
function withChoice(given: PlanFile): PlanFile {
  return {
    ...given,
    entities: given.entities.map((entity) => ({
      ...entity,
      columns: entity.columns.map((column) =>
        column.to === 'status'
          ? {
              ...column,
              transform: {
                kind: 'choice' as const,
                map: { 1: 'open', 2: 'closed', 9: 'lost' },
                unknown: 'quarantine' as const,
              },
            }
          : column,
      ),
    })),
  };
}

function expectOfRetry(told: RowExplanation, how: 'moved' | 'linked') {
  expect(told).toMatchObject({
    fate: 'moved',
    retried: { how },
    run: { planHash: planHash(now) },
    approval: { approver: 'Jonas Ek' },
    quarantine: null,
    changes: { source: 'same', target: 'same', columns: [] },
  });
  expect(told.retried!.at >= told.batch!.finishedAt!).toBe(true);
  expect(told.approval!.at <= told.retried!.at).toBe(true);
  expect(told.columns.filter(({ misfit }) => misfit !== null)).toEqual([]);
}

test('a row that was set aside, and one that lacked the link to it', async () => {
  expect(await explain('patients', '4713')).toMatchObject({ fate: 'set-aside', retried: null });
  const before = await explain('patients', '4715');
  expect(before).toMatchObject({ retried: null, approval: { approver: 'Marta Lindqvist' } });
  expect(before.verification.state).toBe('verified');

  const report = await open.engine.retry({ cards: [], plan: now, approveAs: 'Jonas Ek', validate: false });
  expect(report.entities.find(({ entity }) => entity === 'patients')).toMatchObject({
    moved: 1,
    relinked: 1,
  });

  const moved = await explain('patients', '4713');
  expectOfRetry(moved, 'moved');
  expect(moved.columns.find(({ column }) => column === 'status')).toMatchObject({
    value: 'lost',
    held: 'lost',
  });
  // the comparison of then did not see it
  expect(moved).toMatchObject({
    verification: { state: 'not-yet' },
    next: expect.stringContaining('validate'),
  });
  expect(moved.words).toContain('moved by a retry');

  const linked = await explain('patients', '4715');
  expectOfRetry(linked, 'linked');
  expect(linked).toMatchObject({ verification: { state: 'not-yet' }, repairs: [] });
  expect(linked.words).toContain('a retry gave it the link');
  expect(linked.references).toContainEqual(
    expect.objectContaining({ legacyId: '4713', newId: moved.newId, fate: 'moved' }),
  );
});

test('a row that no retry touched keeps the plan and the approval of its move', async () => {
  expect(await explain('patients', '4711')).toMatchObject({
    retried: null,
    run: { planHash: planHash(plan) },
    approval: { approver: 'Marta Lindqvist' },
  });
});

test('verified once a comparison came behind it', async () => {
  await open.engine.validate({ entities: [], type: 'all', fix: false });
  const { verification } = await explain('patients', '4713');
  expect(verification.state).toBe('verified');
});
