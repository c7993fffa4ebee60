import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

const explain = (entity: string, id: string, values: 'shown' | 'masked' | 'form' = 'shown') =>
  open.engine.explainRow({ entity, id, values });

function column(told: RowExplanation, name: string) {
  const found = told.columns.find((one) => one.column === name);
  if (!found) throw new Error(`no column ${name} among ${told.columns.map((one) => one.column).join(', ')}`);
  return found;
}

const steps = (told: RowExplanation, name: string) =>
  column(told, name).steps.map(({ kind, before, after }) => [kind, before, after]);

beforeAll(async () => {
  await source.query(oldClinic);
  open = openMove(source, target);
  plan = clinicPlan((await open.look()).plan);
});
afterAll(() => open.close());

test('before anything moved there is nothing to explain', async () => {
  await expect(explain('patients', '4711')).rejects.toMatchObject({ code: 'NO_RUN' });
});

describe('after the move', () => {
  beforeAll(async () => {
    expect((await open.move(plan)).state).toBe('completed');
  }, 120_000);

  test('a row that moved: every transform with what it made, who approved, what was verified', async () => {
    const told = await explain('patients', '4711');
    expect(told).toMatchObject({
      fate: 'moved',
      legacyId: '4711',
      next: null,
      quarantine: null,
      notKnown: [],
      approval: { approver: 'Marta Lindqvist', reason: 'approved with --yes' },
      verification: { state: 'verified' },
      changes: { source: 'same', target: 'same', columns: [], words: '' },
      run: { state: 'completed', planHash: planHash(plan) },
    });
    expect(told.batch!.finishedAt).not.toBeNull();
    expect(told.source!.full_name).toBe('  Berg, Anna ');
    expect(steps(told, 'full_name')).toEqual([
      ['trim', '  Berg, Anna ', 'Berg, Anna'],
      ['upper', 'Berg, Anna', 'BERG, ANNA'],
    ]);
    expect(steps(told, 'email')).toEqual([['email', ' Anna@Example.ORG ', 'anna@example.org']]);
    expect(steps(told, 'status')).toEqual([['choice', '2', 'closed']]);
    expect(steps(told, 'balance')[0]!.slice(1)).toEqual(['10.50', '10.50']);
    expect(steps(told, 'id')).toEqual([['uuid', '4711', told.newId]]);
    expect(column(told, 'admitted').steps[0]!.before).toBe('2019-07-01 12:30:00');
    expect(column(told, 'admitted').value).toContain('2019-07-01 10:30:00');
    const [held] = await target.query<Record<string, string>>(
      'select full_name, email, status from patients where id = $1',
      [told.newId],
    );
    for (const name of ['full_name', 'email', 'status'])
      expect(column(told, name)).toMatchObject({ value: held![name], held: held![name], misfit: null });
    const ward = told.references.find(({ entity }) => entity === 'wards')!;
    const [ofTarget] = await target.query<{ id: string }>(
      "select id::text as id from wards where title = 'North'",
    );
    expect(ward).toEqual({
      column: ward.column,
      entity: 'wards',
      legacyId: 'A 1',
      newId: ofTarget!.id,
      fate: 'moved',
    });
    expect(await explain('patients', told.newId!)).toEqual(told);
  });

  test('a row with a repair says which, and the value that stands there instead', async () => {
    const told = await explain('patients', '4712');
    expect(told).toMatchObject({ fate: 'moved', repairs: [{ column: 'email', rule: 'duplicate-email' }] });
    expect(column(told, 'email')).toMatchObject({ repaired: 'duplicate-email' });
    expect(column(told, 'email').value).toMatch(/@placeholder\.invalid$/);
    expect(column(told, 'email').held).toBe(column(told, 'email').value);
    expect(told.changes).toMatchObject({ source: 'same', target: 'same' });
  });

  test('a row that was set aside says why, and what it takes; so does the row that points to it', async () => {
    const told = await explain('patients', '4713');
    expect(told).toMatchObject({
      fate: 'set-aside',
      newId: null,
      quarantine: { reason: 'unknown-choice', column: 'status' },
      next: expect.stringMatching(/^quarantine show \d+$/),
    });
    expect(told.words).toContain('set aside');
    expect(column(told, 'status').misfit).toMatchObject({ reason: 'unknown-choice' });
    expect(column(told, 'full_name').value).toBe('DAHL');
    expect(told.changes).toEqual({ source: 'same', target: 'same', columns: [], words: '' });
    const child = await explain('visits', '[4713,1]');
    expect(child).toMatchObject({ fate: 'set-aside', legacyId: '[4713, 1]' });
    expect(child.references).toMatchObject([
      { entity: 'patients', legacyId: '4713', newId: null, fate: 'set-aside' },
    ]);
  });

  test('a link within its own table, and one to a row that was set aside', async () => {
    const told = await explain('patients', '4712');
    const mentor = told.references.find(({ entity }) => entity === 'patients')!;
    expect(mentor).toMatchObject({ legacyId: '4711', fate: 'moved' });
    expect(column(told, mentor.column)).toMatchObject({ value: mentor.newId, held: mentor.newId });
    const left = await explain('patients', '4715');
    expect(left.references).toContainEqual({ ...mentor, legacyId: '4713', newId: null, fate: 'set-aside' });
    expect(left.changes).toMatchObject({ source: 'same', target: 'same', columns: [] });
    expect(column(left, mentor.column)).toMatchObject({
      value: null,
      held: null,
      repaired: 'orphan-reference',
    });
  });

  test('a key of several columns, written with any spaces', async () => {
    const told = await explain('visits', '[4711,2]');
    expect(told).toMatchObject({ fate: 'moved', legacyId: '[4711, 2]', changes: { columns: [] } });
    expect(told.references).toMatchObject([{ entity: 'patients', legacyId: '4711', fate: 'moved' }]);
    expect(await explain('visits', '[4711, 2]')).toEqual(told);
    for (const id of ['[4711]', '[4711, 2, 3]', 'x', '{"a":1}', '[4711,"two"]', '4711'])
      expect(await explain('visits', id)).toMatchObject({ fate: 'unknown' });
  });

  test('a key of words', async () => {
    expect(await explain('wards', 'A 1')).toMatchObject({ fate: 'moved', legacyId: 'A 1' });
    expect(await explain('wards', 'a 1')).toMatchObject({ fate: 'unknown' });
  });

  test('rows that are known by their content only, and a repeated one that stays behind', async () => {
    const [{ hash } = { hash: '' }] = await source.query<{ hash: string }>(
      "select md5((t.*)::text) as hash from remarks t where said = 'same' limit 1",
    );
    const first = await explain('remarks', `${hash}-1`);
    expect(first).toMatchObject({
      fate: 'moved',
      source: { said: 'same', points: '1' },
      changes: { columns: [] },
    });
    expect(column(first, 'said').held).toBe('same');
    const second = await explain('remarks', `${hash}-2`);
    expect(second).toMatchObject({ fate: 'left-out', columns: [] });
    expect(second.words).toContain('equals another row');
    expect(await explain('remarks', `${hash}-3`)).toMatchObject({ fate: 'unknown' });
    expect(await explain('remarks', '1')).toMatchObject({ fate: 'unknown' });
  });

  test('a row that the filter leaves out, a table that the plan leaves out, a row that never was', async () => {
    const filtered = await explain('patients', '4714');
    expect(filtered).toMatchObject({ fate: 'left-out', columns: [] });
    expect(filtered.leftOut).toContain('not hidden');
    expect(filtered.words).toContain(filtered.leftOut);
    const excluded = await explain('scratch_pad', '1');
    expect(excluded).toMatchObject({ fate: 'left-out' });
    expect(excluded.words).toContain('Nobody needs it any more.');
    for (const id of ['9999', 'no number', '99999999999999999999', "' or true --"])
      expect(await explain('patients', id)).toMatchObject({ fate: 'unknown', source: null, columns: [] });
    await expect(explain('patient', '1')).rejects.toMatchObject({ code: 'UNKNOWN_ENTITY' });
  });

  test('values are hidden as the question asks', async () => {
    const masked = await explain('patients', '4711', 'masked');
    expect(JSON.stringify(masked)).not.toMatch(/Berg|Anna|anna@|1234567/i);
    expect(column(masked, 'status').value).toBe('closed');
    expect(masked.references[0]!.legacyId).toBe('A 1');
    expect((await explain('visits', '[4711,2]', 'form')).legacyId).toBe('[4711, 2]');
    const form = await explain('patients', '4711', 'form');
    expect(JSON.stringify([form.source, form.columns])).not.toMatch(/Berg|Anna|closed|North|10\.50/i);
    expect(form.source!.id).toBe('4711');
    expect(column(form, 'full_name').value).toBe('XXXX, XXXX');
    expect((await explain('wards', 'A 1', 'form')).legacyId).toBe('A 1');
    const ward = (await explain('wards', 'A 1')).newId!;
    expect((await explain('wards', ward, 'form')).legacyId).toBe('X 0');
  });

  test('a source row that changed since, and one that came later', async () => {
    await source.query("update patients set full_name = 'Berg-Ito, Anna' where id = 4711");
    await source.query(
      `insert into patients values (4800, 'B', 'Late', null, null, 1, '2021-01-01', 1, false, null)`,
    );
    const told = await explain('patients', '4711');
    expect(told.changes).toMatchObject({ source: 'changed', target: 'same', columns: ['full_name'] });
    expect(told.words).toContain('The source changed since');
    expect(column(told, 'full_name')).toMatchObject({ value: 'BERG-ITO, ANNA', held: 'BERG, ANNA' });
    const late = await explain('patients', '4800');
    expect(late).toMatchObject({ fate: 'not-moved', newId: null });
    expect(late.words).toContain('after it had been read');
    await source.query('update patients set status = 2 where id = 4713');
    expect((await explain('patients', '4713')).changes).toMatchObject({ source: 'changed' });
    await source.query('delete from visits where patient_id = 4713');
    expect((await explain('visits', '[4713, 1]')).changes).toMatchObject({ source: 'gone' });
  });

  test('a target row that somebody else wrote or deleted', async () => {
    const { newId } = await explain('patients', '4712');
    await target.query("update patients set full_name = 'X' where id = $1", [newId]);
    const told = await explain('patients', '4712');
    expect(told.changes).toMatchObject({ target: 'changed', columns: ['full_name'] });
    expect(told.words).toContain('Somebody else has written the row');
    const visit = await explain('visits', '[4711, 1]');
    await target.query('delete from visits where id = $1', [visit.newId]);
    expect(await explain('visits', '[4711, 1]')).toMatchObject({
      changes: { target: 'gone' },
      words: expect.stringContaining('somebody deleted it'),
    });
  });
});

test('what was taken out again is in the source only, and can be moved anew', async () => {
  await open.engine.rollback({ entities: [], preview: false, forceChanged: true });
  const told = await explain('patients', '4711');
  expect(told).toMatchObject({ fate: 'not-moved', newId: null, next: 'migrate patients' });
  expect(told.words).toContain('was rolled back');
  expect(await open.engine.verifyAudit()).toMatchObject({ intact: true, guarded: true });
});
