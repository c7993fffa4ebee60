/** Which column of a table of the target is meant by each column of an entity: one to one, the best pairs first. */
import type { PlanColumn } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Column, ForeignKey, Table, TableName } from '../../schema/catalog.ts';
import { tableKey } from '../../schema/table-key.ts';
import { familyOf, fitType } from './fit-type.ts';
import { type Likeness, likeness, type Name, nameOf } from './name-likeness.ts';
import type { TypeFit, TypePlace } from './type-fit.ts';

export interface ColumnMatch {
  readonly suggested: PlanColumn;
  readonly target: Column;
  readonly score: number;
  readonly reason: string;
  readonly fit: TypeFit;
  /** Another column of the target that is nearly as likely, and that nothing else goes to. */
  readonly rival: Column | null;
}

export interface ColumnMatches {
  readonly matches: readonly ColumnMatch[];
  /** Suggested columns that have no place in the table. */
  readonly homeless: readonly PlanColumn[];
}

export interface MatchPlace extends TypePlace {
  readonly sourceTable: Table;
  readonly targetTable: Table;
  /** Words that say nothing in names of columns of either table. */
  readonly dropped: ReadonlySet<string>;
  /** Target table of an entity, where it is known already. */
  readonly tableOf: (entity: string) => TableName | null;
}

/** Pairs below this are none. */
const LEAST = 0.5;
const NAME_WEIGHT = 0.75;
/** Two candidates this near to each other are a question. */
const NEAR = 0.08;

interface Pair {
  readonly suggested: PlanColumn;
  readonly target: Column;
  readonly score: number;
  readonly reason: string;
  readonly fit: TypeFit;
}

/** `columns`: those of the entity as suggested for a table of its own, without id, old key and notes. */
export function matchColumns(columns: readonly PlanColumn[], place: MatchPlace): ColumnMatches {
  const free = place.targetTable.columns.filter((column) => !isFixed(column, place.targetTable));
  const names = new Map(free.map((column) => [column.name, nameOf(column.name, place.dropped)]));
  const pairs = columns.flatMap((suggested) =>
    free.flatMap((target) => pairOf(suggested, target, names.get(target.name)!, place) ?? []),
  );
  pairs.sort(
    (a, b) =>
      b.score - a.score ||
      a.target.position - b.target.position ||
      (a.suggested.to < b.suggested.to ? -1 : 1),
  );
  const taken = new Set<string>();
  const placed = new Map<PlanColumn, Pair>();
  for (const pair of pairs) {
    if (taken.has(pair.target.name) || placed.has(pair.suggested)) continue;
    taken.add(pair.target.name);
    placed.set(pair.suggested, pair);
  }
  return {
    matches: columns.flatMap((column) => {
      const pair = placed.get(column);
      if (!pair) return [];
      const rival = pairs.find(
        (other) =>
          other.suggested === column && !taken.has(other.target.name) && other.score >= pair.score - NEAR,
      );
      return [{ ...pair, rival: pair.score < 0.97 ? (rival?.target ?? null) : null }];
    }),
    homeless: columns.filter((column) => !placed.has(column)),
  };
}

/** Computed by the target, or its key. */
function isFixed(column: Column, table: Table): boolean {
  const key = table.primaryKey?.columns;
  return (
    column.generated ||
    (column.identity && column.identityKind !== 'by default') ||
    (key?.length === 1 && key[0] === column.name)
  );
}

function pairOf(suggested: PlanColumn, target: Column, name: Name, place: MatchPlace): Pair | null {
  const [first] = transformsOf(suggested);
  if (first!.kind === 'reference') return referencePair(suggested, first!.entity, target, name, place);
  const source = place.sourceTable.columns.find((column) => column.name === suggested.from);
  if (!source) return null;
  const like = nameLikeness(suggested, name, place);
  if (first!.kind === 'polymorphic') {
    if (familyOf(target.type) !== 'uuid' || like.score < LEAST) return null;
    const fit = { score: 1, transform: suggested.transform, reason: 'a reference', unknown: [] };
    return { suggested, target, score: like.score, reason: like.reason, fit };
  }
  if (like.score < 0.35 || foreignKeyOf(target, place.targetTable)) return null;
  const fit = fitType(source, suggested, target, place);
  if (!fit) return null;
  const score = NAME_WEIGHT * like.score + (1 - NAME_WEIGHT) * fit.score;
  return score < LEAST ? null : { suggested, target, score, reason: `${like.reason}; ${fit.reason}`, fit };
}

/** A foreign key to the parent's table says more than a name. */
function referencePair(
  suggested: PlanColumn,
  entity: string,
  target: Column,
  name: Name,
  place: MatchPlace,
): Pair | null {
  if (familyOf(target.type) !== 'uuid') return null;
  const like = nameLikeness(suggested, name, place);
  const key = foreignKeyOf(target, place.targetTable);
  const parent = place.tableOf(entity);
  const fit = { score: 1, transform: suggested.transform, reason: 'a reference', unknown: [] };
  if (key && parent) {
    if (tableKey(key.references) !== tableKey(parent)) return null;
    const reason = `refers to ${key.references.name} there, as it does here`;
    return { suggested, target, score: 0.6 + 0.4 * like.score, reason, fit };
  }
  if (like.score < 0.6) return null;
  return { suggested, target, score: 0.9 * like.score, reason: like.reason, fit };
}

function foreignKeyOf(column: Column, table: Table): ForeignKey | undefined {
  return table.foreignKeys.find((key) => key.columns.length === 1 && key.columns[0] === column.name);
}

/** The better of what the source calls it and what it would be called in a table of its own. */
function nameLikeness(suggested: PlanColumn, name: Name, { dropped }: MatchPlace): Likeness {
  const own = [suggested.from, suggested.to].flatMap((text) =>
    text === undefined ? [] : [likeness(nameOf(text, dropped), name)],
  );
  return own.reduce((best, next) => (next.score > best.score ? next : best));
}
