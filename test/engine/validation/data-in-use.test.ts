/** A source in use, and a target that differs everywhere. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../engine/db/database.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { type MovedClinic, moveClinic } from './moved-clinic.ts';

const source = useTestDatabase();
const target = useTestDatabase('supabase');
let clinic: MovedClinic;

beforeAll(async () => {
  clinic = await moveClinic(source, target);
});
afterAll(() => clinic.close());

/** The source, with something happening right before the present is looked at. */
function changing(work: () => Promise<unknown>): Database {
  return {
    ...clinic.source,
    session: async (options) => {
      // Snapshots are opened read-only by name; the last look is not.
      if (options?.readOnly === undefined) await work();
      return clinic.source.session(options);
    },
  };
}

test('what agrees when it is looked at again is not a difference', async () => {
  await target.query(`update visits set note = 'newer' where legacy_id in (50, 51)`);
  const live = changing(() => source.query(`update visits set note = 'newer' where id = 50`));
  const report = await clinic.validate({ type: 'accuracy' }, live);
  const found = report.issues.filter(({ check }) => check === 'row-compare');
  expect(found.map(({ key, column }) => [key, column])).toEqual([['51', 'note']]);
  const check = report.checks.find(({ type, entity }) => type === 'row-compare' && entity === 'visits')!;
  expect(check.message).toContain('1 row agreed only when looked at again');
  await source.query(`update visits set note = 'newer' where id = 51`);
  expect((await clinic.validate()).overallStatus).toBe('verified');
});

test('a table that differs everywhere is told row by row', async () => {
  await target.query(`update visits set note = coalesce(note, '') || '!'`);
  const report = await clinic.validate({ type: 'accuracy' });
  const found = report.issues.filter(({ check }) => check === 'row-compare');
  expect(found).toHaveLength(2996);
  expect(new Set(found.map(({ key }) => key)).size).toBe(2996);
  const fixed = await clinic.validate({ fix: true });
  expect(fixed.overallStatus).toBe('verified');
  expect(fixed.recommendations[0]).toContain('2996 statements were applied');
});

test('an empty target table is told row by row', async () => {
  await target.query('delete from tags');
  const report = await clinic.validate({ type: 'accuracy', entities: ['tags'] });
  expect(report.issues.filter(({ kind }) => kind === 'missing')).toHaveLength(46);
  expect((await clinic.validate({ fix: true, entities: ['tags'] })).overallStatus).toBe('verified');
});
