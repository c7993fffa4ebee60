import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { type MovedClinic, moveClinic } from './moved-clinic.ts';

const source = useTestDatabase();
const target = useTestDatabase('supabase');
let clinic: MovedClinic;

beforeAll(async () => {
  clinic = await moveClinic(source, target);
});
afterAll(() => clinic.close());

test('a run that went well is verified, every row and every column', async () => {
  const report = await clinic.validate();
  expect(report.issues).toEqual([]);
  expect(report.checks.filter(({ status }) => status !== 'pass')).toEqual([]);
  expect(report.overallStatus).toBe('verified');
  expect(report.rowsCompared).toBe(40 + 2996 + 46);
  expect(report.valuesCompared).toBe(40 * 6 + 2996 * 12 + 46 * 4);
});
