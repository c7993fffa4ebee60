/**
 * Chooses the rows of a rehearsal: some of each entity, and then all rows that they point to, and those that these
 * point to, until nothing is missing. What is an orphan in the sample is then an orphan in the source. Of a row that is the
 * same record as another the row that moves for it comes along.
 */
import { duplicatesSql } from '../copy/duplicates.sql.ts';
import { MigrationError } from '../core/errors.ts';
import type { Session } from '../db/database.ts';
import { sqlstateOf } from '../db/sqlstate.ts';
import { dedupeRuleOf } from '../plan/dedupe-rule.ts';
import type { PlanEntity, PlanFile, ReferenceMatch } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { Catalog, Table } from '../schema/catalog.ts';
import {
  chooseRowsSql,
  foundParentNamesSql,
  genericParentNamesSql,
  parentNamesSql,
  sampleSize,
} from './sample-keys.sql.ts';

/** Entity → names of its chosen rows. */
export type ChosenRows = ReadonlyMap<string, ReadonlySet<string>>;

interface Reference {
  readonly column: string;
  readonly entity: string;
  /** For generic relations: the type column and the value that means this entity. */
  readonly type: { readonly column: string; readonly value: string } | null;
  /** Where the source finds the parent itself. */
  readonly match?: ReferenceMatch | undefined;
}

export async function chooseRows(
  plan: PlanFile,
  catalog: Catalog,
  entities: readonly string[],
  rows: number,
  source: Session,
): Promise<ChosenRows> {
  const byName = new Map(plan.entities.map((entity) => [entity.name, entity]));
  const tableOf = ({ source: { schema, table } }: PlanEntity): Table =>
    catalog.tables.find((candidate) => candidate.schema === schema && candidate.name === table)!;
  const chosen = new Map<string, Set<string>>();
  const queue: { entity: PlanEntity; names: string[] }[] = [];
  const sameRecords = createSameRecords(source, tableOf);

  function add(entity: PlanEntity, names: readonly string[]): void {
    const known = chosen.get(entity.name) ?? new Set();
    chosen.set(entity.name, known);
    const fresh = names.filter((name) => !known.has(name));
    for (const name of fresh) known.add(name);
    if (fresh.length > 0) queue.push({ entity, names: fresh });
  }

  for (const name of entities) {
    const entity = byName.get(name)!;
    const sql = chooseRowsSql(entity, tableOf(entity), sampleSize(entity, rows));
    const found = await source.query<{ name: string }>(sql).catch((error: unknown) => {
      throw entity.where === undefined ? error : ofFilter(entity, error);
    });
    add(
      entity,
      found.map((row) => row.name),
    );
  }
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { entity, names } = next;
    const table = tableOf(entity);
    add(entity, await sameRecords(entity, names));
    for (const { column, entity: parent, type, match } of referencesOf(entity)) {
      const to = byName.get(parent)!;
      const sql = match
        ? foundParentNamesSql(entity, table, match, { entity: to, table: tableOf(to) })
        : parentNamesSql(entity, table, column);
      const found =
        type === null
          ? await source.query<{ name: string }>(sql, [names])
          : await source.query<{ name: string }>(genericParentNamesSql(entity, table, column, type.column), [
              names,
              type.value,
            ]);
      add(
        to,
        found.map((row) => row.name),
      );
    }
  }
  return chosen;
}

/** Classes of SQLSTATE that say that an expression does not fit its values, or is none. */
const OF_EXPRESSION = /^(22|42)/;

/** The server's sentence may quote a value, so only its code is told. */
function ofFilter({ name }: PlanEntity, error: unknown): unknown {
  const sqlstate = sqlstateOf(error);
  if (sqlstate === undefined || !OF_EXPRESSION.test(sqlstate)) return error;
  return new MigrationError({
    code: 'FILTER_FAILED',
    message: `The filter of ${name} cannot be worked out for the rows of the old database (SQLSTATE ${sqlstate}). Nothing was copied.`,
    hint: 'Compare each column with values of its own type, or take the filter away.',
    details: { entity: name, sqlstate },
  });
}

function referencesOf(entity: PlanEntity): Reference[] {
  return entity.columns.flatMap((column): Reference[] => {
    const [transform] = transformsOf(column);
    if (column.from === undefined) return [];
    const from = column.from;
    if (transform!.kind === 'reference')
      return [{ column: from, entity: transform!.entity, type: null, match: transform!.match }];
    if (transform!.kind !== 'polymorphic') return [];
    const { typeColumn, entities } = transform!;
    return Object.entries(entities).map(([value, name]) => ({
      column: from,
      entity: name,
      type: { column: typeColumn, value },
    }));
  });
}

/** Names of the rows that move for some of these; the source is asked once an entity. */
function createSameRecords(
  source: Session,
  tableOf: (entity: PlanEntity) => Table,
): (entity: PlanEntity, names: readonly string[]) => Promise<string[]> {
  const known = new Map<string, ReadonlyMap<string, string>>();
  return async (entity, names) => {
    const rule = dedupeRuleOf(entity);
    if (rule === null) return [];
    let kept = known.get(entity.name);
    if (!kept) {
      const sql = duplicatesSql(entity, rule, tableOf(entity));
      const rows = await source.query<{ key: string; kept: string }>(sql);
      kept = new Map(rows.map((row) => [row.key, row.kept]));
      known.set(entity.name, kept);
    }
    return names.flatMap((name) => kept.get(name) ?? []);
  };
}
