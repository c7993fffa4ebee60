/** Which column of a table of the target is meant by each column of an entity: one to one, the best pairs first. */
import type { PlanColumn } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Column, ForeignKey, Table, TableName } from '../../schema/catalog.ts';
import { tableKey } from '../../schema/table-key.ts';
import { wordsOf } from '../../schema/words.ts';
import { familyOf, fitType } from './fit-type.ts';
import { type Likeness, likeness, type Name, nameOf } from './name-likeness.ts';
import { AMBIGUOUS } from './name-words.ts';
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
  /** Words that say nothing in names of columns of either table. */
  readonly dropped: ReadonlySet<string>;
  /** Target table that an entity fills; null where it fills none, undefined where nobody knows yet. */
  readonly tableOf: (entity: string) => TableName | null | undefined;
}

/** Pairs below this are none. */
const LEAST = 0.5;
const NAME_WEIGHT = 0.75;
/** From here on no other candidate is looked for. */
const AS_GOOD_AS_SURE = 0.97;
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
  const pairs = pairsByName(columns, free, place);
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
      return [{ ...pair, rival: pair.score < AS_GOOD_AS_SURE ? (rival?.target ?? null) : null }];
    }),
    homeless: columns.filter((column) => !placed.has(column)),
  };
}

/**
 * Those of one name first: a pair that is as good as sure leaves nothing to compare for either, or tables of a thousand columns
 * would take minutes.
 */
function pairsByName(columns: readonly PlanColumn[], free: readonly Column[], place: MatchPlace): Pair[] {
  const names = new Map(free.map((column) => [column.name, nameOf(column.name, place.dropped)]));
  const targets = new Map(free.map((column) => [column.name, column]));
  const pairWith = (suggested: PlanColumn, own: readonly Name[], target: Column) =>
    pairOf(suggested, target, () => bestLikeness(own, names.get(target.name)!), place);
  const same = columns.flatMap((suggested) => {
    const own = ownNames(suggested, place.dropped);
    return [...new Set([suggested.from, suggested.to])].flatMap((name) => {
      const target = name === undefined ? undefined : targets.get(name);
      const pair = target ? pairWith(suggested, own, target) : null;
      return pair && pair.score >= AS_GOOD_AS_SURE ? [pair] : [];
    });
  });
  const settled = new Set(same.map(({ suggested }) => suggested));
  const taken = new Set(same.map(({ target }) => target));
  const left = free.filter((target) => !taken.has(target));
  const others = columns
    .filter((suggested) => !settled.has(suggested))
    .flatMap((suggested) => {
      const own = ownNames(suggested, place.dropped);
      return left.flatMap((target) => pairWith(suggested, own, target) ?? []);
    });
  return [...same, ...others];
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

function pairOf(
  suggested: PlanColumn,
  target: Column,
  likenessOf: () => Likeness,
  place: MatchPlace,
): Pair | null {
  const [first] = transformsOf(suggested);
  if (first!.kind === 'reference') return referencePair(suggested, first!.entity, target, likenessOf, place);
  const source = place.sourceTable.columns.find((column) => column.name === suggested.from);
  if (!source) return null;
  const like = likenessOf();
  if (first!.kind === 'polymorphic') {
    if (familyOf(target.type) !== 'uuid' || like.score < LEAST) return null;
    if (foreignKeyOf(target, place.targetTable)) return null;
    const fit = { score: 1, transform: suggested.transform, reason: 'a reference', unknown: [] };
    return { suggested, target, score: like.score, reason: like.reason, fit };
  }
  if (like.score < 0.35 || foreignKeyOf(target, place.targetTable)) return null;
  const found = fitType(source, suggested, target, place);
  if (!found) return null;
  const fit = isAmbiguous(source.name, target.name) ? withDoubt(found, source.name) : found;
  const score = NAME_WEIGHT * like.score + (1 - NAME_WEIGHT) * fit.score;
  return score < LEAST ? null : { suggested, target, score, reason: `${like.reason}; ${fit.reason}`, fit };
}

/** A foreign key to the parent's table says more than a name. */
function referencePair(
  suggested: PlanColumn,
  entity: string,
  target: Column,
  likenessOf: () => Likeness,
  place: MatchPlace,
): Pair | null {
  if (familyOf(target.type) !== 'uuid') return null;
  const like = likenessOf();
  const key = foreignKeyOf(target, place.targetTable);
  const parent = place.tableOf(entity);
  const fit = { score: 1, transform: suggested.transform, reason: 'a reference', unknown: [] };
  if (key && parent !== undefined) {
    if (parent === null || tableKey(key.references) !== tableKey(parent)) return null;
    const reason = `refers to ${key.references.name} there, as it does here`;
    return { suggested, target, score: 0.6 + 0.4 * like.score, reason, fit };
  }
  if (like.score < 0.6) return null;
  return { suggested, target, score: 0.9 * like.score, reason: like.reason, fit };
}

function isAmbiguous(source: string, target: string): boolean {
  const [from, to] = [wordsOf(source), wordsOf(target)];
  return AMBIGUOUS.some((word) => from.includes(word) !== to.includes(word));
}

/** Values that are labels there say themselves what they mean. */
function withDoubt(fit: TypeFit, name: string): TypeFit {
  if (fit.doubt || transformsOf(fit).some(({ kind }) => kind === 'choice' || kind === 'boolean')) return fit;
  return { ...fit, doubt: { why: `“${name}” may mean one thing here and another there.`, others: [] } };
}

function foreignKeyOf(column: Column, table: Table): ForeignKey | undefined {
  return table.foreignKeys.find((key) => key.columns.length === 1 && key.columns[0] === column.name);
}

/** What the source calls it, and what it would be called in a table of its own. */
function ownNames({ from, to }: PlanColumn, dropped: ReadonlySet<string>): Name[] {
  return (from === undefined || from === to ? [to] : [from, to]).map((text) => nameOf(text, dropped));
}

function bestLikeness(own: readonly Name[], name: Name): Likeness {
  return own
    .map((one) => likeness(one, name))
    .reduce((best, next) => (next.score > best.score ? next : best));
}
