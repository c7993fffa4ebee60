/** Entities that travel as text: what the target's types make of a text is not a difference, what they hold else is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { type MovedClinic, moveClinic } from './moved-clinic.ts';

const source = useTestDatabase();
const target = useTestDatabase('supabase');
let clinic: MovedClinic;

beforeAll(async () => {
  clinic = await moveClinic(source, target, (plan) => ({
    ...plan,
    entities: plan.entities.map((entity) => ({
      ...entity,
      columns: entity.columns.map((column) =>
        column.to === 'weight' ? { ...column, type: 'real' } : column,
      ),
    })),
  }));
});
afterAll(() => clinic.close());

test('a clean target is verified', async () => {
  const report = await clinic.validate();
  expect(report.issues).toEqual([]);
  expect(report.overallStatus).toBe('verified');
  expect(report.rowsCompared).toBe(40 + 2996 + 46);
});

test('changed values, a deleted and an extra row are found', async () => {
  await target.query(`update visits set weight = 7 where legacy_id = 1000`);
  await target.query(
    `update visits set happened_at = happened_at + interval '1 microsecond' where legacy_id = 1001`,
  );
  await target.query(`update visits set note = null where legacy_id = 7`);
  await target.query(`delete from visits where legacy_id = 1002`);
  const report = await clinic.validate({ type: 'accuracy' });
  const found = report.issues.filter(({ check }) => check === 'row-compare');
  expect(found.map(({ kind, key, column }) => [kind, key, column ?? null]).sort()).toEqual([
    ['mismatching', '1000', 'weight'],
    ['mismatching', '1001', 'happened_at'],
    ['mismatching', '7', 'note'],
    ['missing', '1002', null],
  ]);
  expect(found.find(({ column }) => column === 'weight')).toMatchObject({ expected: '1000.5', actual: '7' });
  expect((await clinic.validate({ fix: true })).overallStatus).toBe('verified');
});
