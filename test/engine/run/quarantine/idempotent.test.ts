/** Whatever is corrected, tried and retried in whatever order: doing the last step again changes nothing, and nothing is lost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../../helpers/property-seed.ts';
import { type Office, openOffice } from '../moving-office.ts';

const step = fc.oneof(
  fc.record({ kind: fc.constant('correct' as const), id: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('spoil' as const), id: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('delete' as const), id: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('try' as const) }),
  fc.record({ kind: fc.constant('retry' as const), card: fc.nat(3) }),
);

/** Rows, pairs and what is held, but for times. */
async function content({ target }: Office): Promise<unknown> {
  return target.query(`select
    (select jsonb_agg(to_jsonb(b) - 'created_at' - 'updated_at' order by b.id) from moved.badges b) as rows,
    (select jsonb_agg(to_jsonb(m) order by m.legacy_id) from towpath.mapping_pairs m) as pairs,
    (select jsonb_agg(jsonb_build_array(legacy_id, reason, state, source_row) order by legacy_id)
      from towpath.quarantined_rows) as held,
    (select jsonb_agg(jsonb_build_array(entity, rows_read, rows_written, rows_quarantined) order by entity)
      from towpath.entity_migration_status) as counts`);
}

async function accounted({ target }: Office): Promise<void> {
  const [counts] = await target.query<Record<string, number>>(`select rows_read::int as read,
      rows_written::int as written, rows_quarantined::int as aside,
      (select count(*)::int from moved.badges) as there,
      (select count(*)::int from towpath.quarantined_rows where state = 'held') as held,
      (select count(*)::int from towpath.quarantined_rows) as known
    from towpath.entity_migration_status where entity = 'badges'`);
  expect(counts).toMatchObject({ written: counts!.there, aside: counts!.held, known: 5 });
  expect(counts!.read).toBe(counts!.written! + counts!.aside!);
}

test('a retry is idempotent', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 7 }), async (steps) => {
      const office = await openOffice();
      await office.migrate({ approveAs: 'ada', maxFailureRate: 1, validate: false });
      for (const one of steps) {
        if (one.kind === 'correct')
          await office.source.query(`update badges set points = '1' where id = ${one.id}`);
        if (one.kind === 'spoil')
          await office.source.query(
            `update badges set points = '' where id = ${one.id} and points !~ '^[0-9]+$'`,
          );
        if (one.kind === 'delete')
          await office.source.query(`delete from badges where id = ${one.id} and points !~ '^[0-9]+$'`);
        const before = await content(office);
        if (one.kind === 'try') {
          await office.engine.tryFix({ cards: [] });
          expect(await content(office)).toEqual(before);
        }
        if (one.kind !== 'retry') continue;
        const cards = await office.engine.causeCards({});
        const chosen = one.card === 0 || cards.length === 0 ? [] : [cards[one.card % cards.length]!.id];
        const tried = await office.engine.tryFix({ cards: chosen });
        const report = await office.engine.retry({ cards: chosen, approveAs: 'ada', validate: false });
        expect(report.entities.reduce((sum, { moved }) => sum + moved, 0)).toBe(tried.wouldMove);
        await accounted(office);
        const after = await content(office);
        const left = (await office.engine.causeCards({}))
          .map(({ id }) => id)
          .filter((id) => chosen.includes(id));
        if (chosen.length === 0 || left.length > 0)
          await office.engine.retry({ cards: left, approveAs: 'ada', validate: false });
        if (chosen.length === 0) expect(await content(office)).toEqual(after);
        await accounted(office);
      }
    }),
    { numRuns: 3 },
  );
});
