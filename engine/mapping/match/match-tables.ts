/**
 * Which table of the target is meant by each entity: one to one, the best pairs first. A pair's score is made of the names,
 * of how many of the source's columns find a place, and of how many columns that the target requires find a source. It is
 * judged twice, because a foreign key says the more the better it is known where the parents went.
 */
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Column, Table } from '../../schema/catalog.ts';
import { commonPrefix, singularOf, wordsOf } from '../../schema/words.ts';
import { type ColumnMatches, matchColumns } from './match-columns.ts';
import { likeness, nameOf } from './name-likeness.ts';
import type { TypePlace } from './type-fit.ts';

export interface TableMatch extends ColumnMatches {
  readonly entity: PlanEntity;
  readonly sourceTable: Table;
  readonly table: Table;
  readonly score: number;
  readonly reason: string;
  /** Another table that is nearly as likely. */
  readonly rival: Table | null;
}

export interface MovingEntity {
  readonly entity: PlanEntity;
  readonly table: Table;
}

/** Pairs below this are none. */
const LEAST_TABLE = 0.55;
/** Pairs below this are a question. */
export const SURE_TABLE = 0.7;
const LEAST_NAME = 0.35;
const NEAR = 0.06;

/** By entity. */
export function matchTables(
  moving: readonly MovingEntity[],
  tables: readonly Table[],
  place: TypePlace,
): ReadonlyMap<string, TableMatch> {
  const prefixes = new Set(
    [moving.map(({ table }) => table.name), tables.map(({ name }) => name)].flatMap((names) => {
      const prefix = commonPrefix(names);
      return prefix === null ? [] : [singularOf(prefix.toLowerCase())];
    }),
  );
  const first = assign(moving, tables, place, prefixes, new Map());
  return assign(
    moving,
    tables,
    place,
    prefixes,
    new Map([...first].map(([name, match]) => [name, match.table])),
  );
}

function assign(
  moving: readonly MovingEntity[],
  tables: readonly Table[],
  place: TypePlace,
  prefixes: ReadonlySet<string>,
  known: ReadonlyMap<string, Table>,
): Map<string, TableMatch> {
  const names = new Map(tables.map((table) => [table, nameOf(table.name, prefixes)]));
  const pairs = moving.flatMap(({ entity, table: sourceTable }) => {
    const own = [sourceTable.name, entity.name].map((text) => nameOf(text, prefixes));
    return tables.flatMap((table) => {
      const like = own
        .map((name) => likeness(name, names.get(table)!))
        .reduce((best, next) => (next.score > best.score ? next : best));
      if (like.score < LEAST_NAME) return [];
      const dropped = new Set([...prefixes, ...wordsIn(sourceTable.name), ...wordsIn(table.name)]);
      const matched = matchColumns(ownColumns(entity), {
        ...place,
        sourceTable,
        targetTable: table,
        dropped,
        tableOf: (name) => known.get(name) ?? null,
      });
      const { score, reason } = judge(like, matched, entity, table);
      return score < LEAST_TABLE
        ? []
        : [{ ...matched, entity, sourceTable, table, score, reason, rival: null }];
    });
  });
  pairs.sort((a, b) => b.score - a.score || (a.entity.name < b.entity.name ? -1 : 1));
  const taken = new Set<Table>();
  const placed = new Map<string, TableMatch>();
  for (const pair of pairs) {
    if (placed.has(pair.entity.name) || taken.has(pair.table)) continue;
    taken.add(pair.table);
    placed.set(pair.entity.name, pair);
  }
  for (const [name, match] of placed) {
    const rival = pairs.find(
      ({ entity, table, score }) =>
        entity.name === name && table !== match.table && !taken.has(table) && score >= match.score - NEAR,
    );
    if (rival) placed.set(name, { ...match, rival: rival.table });
  }
  return placed;
}

/** Words of a table's name, but for those that its columns are likely to be about. */
function wordsIn(name: string): string[] {
  return wordsOf(name).map(singularOf);
}

/** Without what Towpath makes itself. */
function ownColumns(entity: PlanEntity): PlanColumn[] {
  return entity.columns.filter((column) => {
    const { kind } = transformsOf(column)[0]!;
    return kind !== 'uuid' && kind !== 'metadata' && column.to !== 'legacy_id';
  });
}

/** Must be given a value by whoever inserts a row. */
export function isRequired(column: Column): boolean {
  return !column.nullable && column.default === null && !column.identity && !column.generated;
}

function judge(
  like: { readonly score: number; readonly reason: string },
  { matches }: ColumnMatches,
  entity: PlanEntity,
  table: Table,
): { score: number; reason: string } {
  const sum = matches.reduce((total, match) => total + match.score, 0);
  const columns = ownColumns(entity).length;
  const covered = columns === 0 ? 1 : sum / columns;
  const key = table.primaryKey?.columns ?? [];
  const required = table.columns.filter((column) => isRequired(column) && !key.includes(column.name));
  const found = required.filter((column) => matches.some(({ target }) => target === column));
  const met = required.length === 0 ? 1 : found.length / required.length;
  return {
    score: 0.5 * like.score + 0.25 * covered + 0.25 * met,
    reason: `${like.reason}; ${matches.length} of ${columns} columns have a place, ${found.length} of ${required.length} required ones a source`,
  };
}
