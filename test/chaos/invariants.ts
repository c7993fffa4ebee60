/** What must hold whatever happened, asked of the two servers and not of Towpath. */
import { quoteIdentifier, quoteLiteral } from '../../engine/db/quote.ts';
import { createsTable } from '../../engine/plan/creates-table.ts';
import type { PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import type { Place } from './lane.ts';
import { tableOf } from './table-of.ts';

/** Entity → old keys that are moved or set aside. */
export async function readKeys(place: Place): Promise<Map<string, Set<string>>> {
  const rows = await place.query<{ entity: string; key: string }>(
    'target',
    `select entity, legacy_id as key from towpath.migration_mappings
     union select entity, legacy_id from towpath.quarantined_rows where state = 'held'`,
  );
  return new Map(
    [...Map.groupBy(rows, ({ entity }) => entity)].map(([entity, of]) => [
      entity,
      new Set(of.map(({ key }) => key)),
    ]),
  );
}

/**
 * Asked after every command: mapping is a function and injective (but for duplicates, which lead to the row that was moved), each pair
 * has its row and each row its pair, no row is twice or both moved and set aside. `isOver`: references are closed as well.
 */
export async function brokenInvariants(
  place: Place,
  plan: PlanFile,
  { isOver }: { readonly isOver: boolean },
): Promise<string[]> {
  const existing = new Set(
    (
      await place.query<{ name: string }>(
        'target',
        `select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r'`,
      )
    ).map(({ name }) => name),
  );
  const made = plan.entities.filter(({ target }) => existing.has(`${target.schema}.${target.table}`));
  const broken = await place.query<{ what: string; n: string }>('target', pairsSql(plan, made));
  const open = isOver ? made.flatMap((entity) => openReferences(entity, made)) : [];
  const dangling =
    open.length === 0
      ? []
      : await place.query<{ what: string; n: string }>('target', open.join('\nunion all\n'));
  return [...broken, ...dangling].filter(({ n }) => n !== '0').map(({ what, n }) => `${what} (${n})`);
}

/** One pass over the ledger and one over the tables, since it is asked after every command. */
function pairsSql(plan: PlanFile, made: readonly PlanEntity[]): string {
  const rows = made.map((entity) => {
    const old = entity.columns.some(({ to }) => to === 'legacy_id') ? 'legacy_id::text' : 'null';
    return `select ${quoteLiteral(entity.name)} as entity, id, ${old} as legacy_id, ${createsTable(plan, entity)} as own from ${tableOf(entity)}`;
  });
  const none = `select ''::text as entity, null::uuid as id, null::text as legacy_id, true as own where false`;
  return `with pairs as materialized (select entity, legacy_id, new_id, merged from towpath.migration_mappings),
      rows as materialized (${[none, ...rows].join(' union all ')})
    select 'the mapping is no function' as what, count(*) as n from (select from pairs group by entity, legacy_id having count(*) > 1) x
    union all select 'the mapping is not injective', count(*)
      from (select from pairs where merged is distinct from 'duplicate' group by new_id having count(*) > 1) x
    union all select 'rows are both moved and set aside', count(*) from pairs join towpath.quarantined_rows q using (entity, legacy_id)
      where q.state = 'held'
    union all select 'rows of ' || entity || ' are there twice', count(*)
      from (select entity from rows group by entity, id having count(*) > 1) x group by entity
    union all select 'old rows of ' || entity || ' are there twice', count(*)
      from (select entity from rows where legacy_id is not null group by entity, legacy_id having count(*) > 1) x group by entity
    union all select 'pairs of ' || entity || ' without a row', count(*)
      from pairs where (entity, new_id) not in (select entity, id from rows) group by entity
    union all select 'rows of ' || entity || ' without a pair', count(*)
      from rows where own and (entity, id) not in (select entity, new_id from pairs) group by entity`;
}

/** A link to one of several kinds of records must lead to a row of one of them. */
function openReferences(entity: PlanEntity, made: readonly PlanEntity[]): string[] {
  return entity.columns.flatMap((column) => {
    const parents = transformsOf(column).flatMap((step) => {
      if (step.kind === 'reference') return [step.entity];
      return step.kind === 'polymorphic' ? Object.values(step.entities) : [];
    });
    if (parents.length === 0) return [];
    const tables = made.filter(({ name }) => parents.includes(name));
    const found = tables.map(
      (parent) =>
        `and not exists (select from ${tableOf(parent)} p where p.id = c.${quoteIdentifier(column.to)})`,
    );
    return [
      `select '${entity.name}.${column.to} points to nothing' as what, count(*) as n from ${tableOf(entity)} c
         where c.${quoteIdentifier(column.to)} is not null ${found.join(' ')}`,
    ];
  });
}
