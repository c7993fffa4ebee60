/**
 * Which table of the target is meant by each entity: one to one, the best pairs first. A pair's score is made of the names,
 * of how many of the source's columns find a place, and of how many columns that the target requires find a source. It is
 * judged twice, because a foreign key says the more the better it is known where the parents went.
 */
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Column, Table } from '../../schema/catalog.ts';
import { commonPrefix, singularOf, wordsOf } from '../../schema/words.ts';
import { plainColumnName } from '../suggest-names.ts';
import { type ColumnMatches, matchColumns } from './match-columns.ts';
import { type Likeness, likeness, nameOf } from './name-likeness.ts';
import type { CatalogPlace } from './type-fit.ts';

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
/** Tables that an entity's columns are matched with. */
const MOST_LIKELY = 8;
const NEAR = 0.06;

/** By entity. */
export function matchTables(
  moving: readonly MovingEntity[],
  tables: readonly Table[],
  place: CatalogPlace,
): ReadonlyMap<string, TableMatch> {
  const prefixes = new Set(
    [moving.map(({ table }) => table.name), tables.map(({ name }) => name)].flatMap((names) => {
      const prefix = commonPrefix(names);
      return prefix === null ? [] : [singularOf(prefix.toLowerCase())];
    }),
  );
  const likely = likelyTables(moving, tables, prefixes);
  const first = assign(likely, place, prefixes, null);
  return assign(likely, place, prefixes, first);
}

interface LikelyTable {
  readonly table: Table;
  readonly like: Likeness;
}

interface LikelyTables extends MovingEntity {
  readonly likely: readonly LikelyTable[];
}

/** The few tables whose names come nearest: columns are only looked at there, or hundreds of tables would take minutes. */
function likelyTables(
  moving: readonly MovingEntity[],
  tables: readonly Table[],
  prefixes: ReadonlySet<string>,
): LikelyTables[] {
  const named = tables.map((table) => ({ table, name: nameOf(table.name, prefixes) }));
  return moving.map(({ entity, table: source }) => {
    const own = [...new Set([source.name, entity.name])].map((text) => nameOf(text, prefixes));
    const likely = named
      .map(({ table, name }) => ({
        table,
        like: own
          .map((one) => likeness(one, name))
          .reduce((best, next) => (next.score > best.score ? next : best)),
      }))
      .filter(({ like }) => like.score >= LEAST_NAME)
      .sort((a, b) => b.like.score - a.like.score);
    return { entity, table: source, likely: likely.slice(0, MOST_LIKELY) };
  });
}

/** `known`: where the entities went when they were judged before. */
function assign(
  moving: readonly LikelyTables[],
  place: CatalogPlace,
  prefixes: ReadonlySet<string>,
  known: ReadonlyMap<string, TableMatch> | null,
): Map<string, TableMatch> {
  const pairs = moving.flatMap(({ entity, table: sourceTable, likely }) => {
    const columns = ownColumns(entity, sourceTable);
    return likely.flatMap(({ table, like }) => {
      const dropped = new Set([...prefixes, ...wordsIn(sourceTable.name), ...wordsIn(table.name)]);
      const matched = matchColumns(columns, {
        ...place,
        sourceTable,
        targetTable: table,
        dropped,
        tableOf: (name) => (known === null ? undefined : (known.get(name)?.table ?? null)),
      });
      const { score, reason } = judge(like, matched, columns.length, table);
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

/**
 * Without what Towpath makes itself. A key of one column that people know a row by, such as a code, may have a column of its
 * own there; a mere number called id has none.
 */
function ownColumns(entity: PlanEntity, source: Table): PlanColumn[] {
  const columns = entity.columns.filter((column) => {
    const { kind } = transformsOf(column)[0]!;
    return kind !== 'uuid' && kind !== 'metadata' && column.to !== 'legacy_id';
  });
  const key = entity.columns.find(({ to, from }) => to === 'legacy_id' && from !== undefined);
  const name = key?.from;
  if (!key || name === undefined || columns.some(({ from }) => from === name)) return columns;
  if (nameOf(name, new Set(wordsIn(source.name))).words.join('') === 'id') return columns;
  const personal = source.columns.find((column) => column.name === name)?.profile?.personal?.kind;
  const asValue = { ...key, to: plainColumnName(name), ...(personal ? { personal } : {}) };
  return [{ ...asValue, reason: 'the old key, which people know a row by' }, ...columns];
}

/** Must be given a value by whoever inserts a row. */
export function isRequired(column: Column): boolean {
  return !column.nullable && column.default === null && !column.identity && !column.generated;
}

function judge(
  like: Likeness,
  { matches }: ColumnMatches,
  columns: number,
  table: Table,
): { score: number; reason: string } {
  const sum = matches.reduce((total, match) => total + match.score, 0);
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
