/**
 * Retries where rows lead to others – the same record twice in the source, or one that the target held before – in whatever
 * order rows are corrected and cards are chosen: again changes nothing, no old key leads nowhere, every row is accounted for.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlanFile } from '../../../../engine/plan/plan-file.ts';
import '../../../helpers/property-seed.ts';
import { type Office, openOffice } from '../moving-office.ts';

type Kind = 'same record' | 'keep' | 'update';

type Step =
  | { readonly kind: 'correct'; readonly id: number }
  | { readonly kind: 'retry'; readonly card: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('correct' as const), id: fc.constantFrom(1, 2, 3, 4, 5, 70) }),
  fc.record({ kind: fc.constant('retry' as const), card: fc.nat(4) }),
);

/** Badges whose person is the same are one; or badges are matched with those that the target holds. */
function planOf(plan: PlanFile, kind: Kind): PlanFile {
  const rule = { ignoreCase: false, trim: false, loses: [] };
  return {
    ...plan,
    entities: plan.entities.map((entity) => {
      if (entity.name !== 'badges') return entity;
      if (kind === 'same record')
        return { ...entity, dedupe: { ...rule, by: ['person_id'], keep: 'first' as const } };
      const target = { ...entity.target, create: false };
      return { ...entity, target, merge: { by: ['legacy_id'], onMatch: kind } };
    }),
  };
}

/**
 * Badges 1 to 5 and 70 have words for points. Either 3 leads 6 and 60, and 4 leads 70; or the target holds 1, 2, 3, 8 and 70,
 * which is of another batch.
 */
async function prepare({ source, target }: Office, kind: Kind): Promise<void> {
  await source.query(`update badges set points = 'many' where id = 70`);
  if (kind === 'same record')
    await source.query(`update badges set person_id = case when id in (6, 60) then 4 when id = 70 then 5
      when id = 90 then 9 else person_id end`);
  else
    await target.query(`create schema moved;
      create table moved.badges (id uuid primary key default gen_random_uuid(), legacy_id integer not null unique,
        person_id uuid not null, points integer not null, metadata jsonb not null default '{}');
      insert into moved.badges (legacy_id, person_id, points)
        select id, gen_random_uuid(), 0 from unnest(array[1, 2, 3, 8, 70]) id`);
}

async function content({ target }: Office): Promise<unknown> {
  return target.query(`select
    (select jsonb_agg(to_jsonb(b) - 'created_at' - 'updated_at' order by b.id) from moved.badges b) as rows,
    (select jsonb_agg(to_jsonb(m) order by m.entity_no, m.legacy_id) from towpath.mapping_pairs m) as pairs,
    (select jsonb_agg(to_jsonb(i) order by i.new_id) from towpath.before_images i) as images,
    (select jsonb_agg(jsonb_build_array(legacy_id, reason, state) order by legacy_id) from towpath.quarantined_rows) as held,
    (select jsonb_agg(jsonb_build_array(entity, rows_read, rows_written, rows_duplicate, rows_quarantined) order by entity)
      from towpath.entity_migration_status) as counts`);
}

async function accounted({ target }: Office): Promise<void> {
  const [row] = await target.query<
    Record<string, number>
  >(`select rows_read::int as read, rows_written::int as written,
      rows_duplicate::int as duplicate, rows_quarantined::int as aside,
      (select count(*)::int from towpath.quarantined_rows where state = 'held') as held,
      (select count(*)::int from towpath.mapping_pairs m where entity_no = e.entity_no
        and not exists (select 1 from moved.badges b where b.id = m.new_id)) as astray,
      (select count(*)::int from towpath.mapping_pairs m where entity_no = e.entity_no and not exists (
        select 1 from towpath.batch_processing_status b where b.batch_id = m.batch_id and b.entity = 'badges')) as elsewhere,
      (select count(*)::int from towpath.mapping_pairs m join towpath.quarantined_rows q on q.legacy_id = m.legacy_id
        where m.entity_no = e.entity_no and q.entity = 'badges' and q.state = 'released'
          and q.batch_id is distinct from m.batch_id) as moved,
      (select count(*)::int from towpath.mapping_pairs m join towpath.before_images i using (new_id)
        where m.entity_no = e.entity_no and m.batch_id <> i.batch_id) as parted
    from towpath.entity_migration_status s join towpath.entities e using (entity) where entity = 'badges'`);
  expect(row).toMatchObject({ aside: row!.held, astray: 0, elsewhere: 0, moved: 0, parted: 0 });
  expect(row!.read).toBe(row!.written! + row!.duplicate! + row!.aside!);
}

const TWO_BATCHES: Step[] = [
  { kind: 'correct', id: 1 },
  { kind: 'correct', id: 70 },
  { kind: 'retry', card: 0 },
];

test.each<Kind>(['same record', 'keep', 'update'])(
  'a retry is idempotent with rows that lead to others: %s',
  { timeout: 300_000 },
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 7 }), async (steps) => {
        const office = await openOffice();
        await prepare(office, kind);
        await office.migrate(
          { approveAs: 'ada', maxFailureRate: 1, validate: false },
          planOf(office.plan, kind),
        );
        for (const one of [...steps, { kind: 'retry' as const, card: 0 }]) {
          if (one.kind === 'correct') {
            await office.source.query(
              `update badges set points = '1' where id = ${one.id} and points = 'many'`,
            );
            continue;
          }
          const cards = await office.engine.causeCards({});
          const chosen = one.card === 0 || cards.length === 0 ? [] : [cards[one.card % cards.length]!.id];
          const tried = await office.engine.tryFix({ cards: chosen });
          const yes = { approveAs: 'ada', validate: false } as const;
          const report = await office.engine.retry({ cards: chosen, ...yes });
          const sum = (of: (entity: (typeof report.entities)[number]) => number) =>
            report.entities.reduce((total, entity) => total + of(entity), 0);
          expect(sum(({ moved }) => moved)).toBe(tried.wouldMove);
          expect(sum(({ duplicates }) => duplicates)).toBe(tried.wouldBeDuplicates);
          await accounted(office);
          const after = await content(office);
          const ids = new Set((await office.engine.causeCards({})).map(({ id }) => id));
          const left = chosen.filter((id) => ids.has(id));
          if (chosen.length === 0 || left.length > 0) {
            await office.engine.retry({ cards: left, ...yes });
            expect(await content(office)).toEqual(after);
          }
        }
        expect(await office.engine.validate({ type: 'all', entities: [], fix: false })).toMatchObject({
          overallStatus: 'verified',
        });
      }),
      { numRuns: 3, examples: [[TWO_BATCHES]] },
    );
  },
);
