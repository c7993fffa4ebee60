/** People go on working in the old database while it is rehearsed under faults: what they changed accuses nobody, and hides nothing. */
import { expect, test } from 'vitest';
import { openFirm, type Spoil } from './small-firm.ts';
import { spoiled, spoilTables } from './spoils.ts';

const ONE = { faults: 1, seed: 12 };
const EDIT = `update customers set name = name || ' edited' where id <= 5`;

/** The move is stopped in a batch; before it goes on, somebody edits customers; when it is complete, `work` is done to it. */
const editedMeanwhile = (edit: () => Promise<unknown>, work?: string): Spoil => {
  let edited = false;
  return spoiled((engine, { target }) => ({
    async resume(runId, options) {
      if (!edited) await edit();
      edited = true;
      const result = await engine.resume(runId, options);
      if (work !== undefined && result.validation !== null) await spoilTables(target, work);
      return result;
    },
  }));
};

test('rows that somebody edited are told as not compared, and nobody is accused', async () => {
  const firm = await openFirm();
  const { chaos } = await firm.rehearse(
    ONE,
    editedMeanwhile(() => firm.source.query(EDIT)),
  );
  expect(chaos.violations).toEqual([]);
  expect(chaos.notCompared.join(' ')).toMatch(/^customers: in [1-5] rows? two undisturbed moves differ/);
  expect(chaos.rowsCompared).toBeLessThan(chaos.rows.moved + chaos.rows.setAside);
  expect(chaos.rowsCompared).toBeGreaterThan(100);
});

test('beside them, a row that the move brought twice is seen in the same table', async () => {
  const firm = await openFirm();
  const double = `insert into SCRATCH.customers select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'legacy_id', 9001, 'email', null))).*
    from SCRATCH.customers c order by c.id desc limit 1`;
  const { chaos, status } = await firm.rehearse(
    ONE,
    editedMeanwhile(() => firm.source.query(EDIT), double),
  );
  expect(status).toBe('failed');
  const checks = chaos.violations.map(({ check, entity }) => `${check} ${entity}`);
  expect(checks).toContain('rows-added customers');
  expect(checks).toContain('pairs customers');
  expect(checks).not.toContain('rows-changed customers');
});
