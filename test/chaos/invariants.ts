/** What must hold whatever happened, asked of the two servers and not of Towpath. */
import pg from 'pg';
import { createsTable } from '../../engine/plan/creates-table.ts';
import type { PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import type { Place } from './lane.ts';

const quote = (name: string) => pg.escapeIdentifier(name);
const tableOf = ({ target }: PlanEntity) => `${quote(target.schema)}.${quote(target.table)}`;

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
  const questions = [
    `select 'the mapping is no function' as what, count(*) as n from (select from towpath.migration_mappings group by entity, legacy_id having count(*) > 1) x`,
    `select 'the mapping is not injective', count(*) from (select from towpath.migration_mappings where merged is distinct from 'duplicate' group by new_id having count(*) > 1) x`,
    `select 'rows are both moved and set aside', count(*) from towpath.migration_mappings m
       join towpath.quarantined_rows q on q.entity = m.entity and q.legacy_id = m.legacy_id and q.state = 'held'`,
    ...made.flatMap((entity) => ofEntity(plan, entity)),
    ...(isOver ? made.flatMap((entity) => openReferences(entity, made)) : []),
  ];
  const rows = await place.query<{ what: string; n: string }>('target', questions.join('\nunion all\n'));
  return rows.filter(({ n }) => n !== '0').map(({ what, n }) => `${what} (${n})`);
}

function ofEntity(plan: PlanFile, entity: PlanEntity): string[] {
  const { name, columns } = entity;
  const pairs = `(select distinct new_id from towpath.migration_mappings where entity = ${pg.escapeLiteral(name)})`;
  return [
    `select 'rows of ${name} are there twice', count(*) from (select from ${tableOf(entity)} group by id having count(*) > 1) x`,
    `select 'pairs of ${name} without a row', count(*) from ${pairs} m where not exists (select from ${tableOf(entity)} t where t.id = m.new_id)`,
    ...(createsTable(plan, entity)
      ? [
          `select 'rows of ${name} without a pair', count(*) from ${tableOf(entity)} t where not exists (select from ${pairs} m where m.new_id = t.id)`,
        ]
      : []),
    ...(columns.some(({ to }) => to === 'legacy_id')
      ? [
          `select 'old rows of ${name} are there twice', count(*) from (select from ${tableOf(entity)} where legacy_id is not null group by legacy_id having count(*) > 1) x`,
        ]
      : []),
  ];
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
      (parent) => `and not exists (select from ${tableOf(parent)} p where p.id = c.${quote(column.to)})`,
    );
    return [
      `select '${entity.name}.${column.to} points to nothing', count(*) from ${tableOf(entity)} c
         where c.${quote(column.to)} is not null ${found.join(' ')}`,
    ];
  });
}
