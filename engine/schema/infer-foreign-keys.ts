/**
 * Confirms by values what names suggest. A candidate counts when enough of its sampled values are keys of the parent; the
 * less its name says, the more the values must. Of several parents the surest wins, and one that is nearly as sure is
 * named beside it, so that a person can decide.
 */
import type { InferredReference, TableName } from './catalog.ts';
import { containmentSql } from './containment.sql.ts';
import type { ForeignKeyCandidate } from './foreign-key-candidates.ts';
import { displayName } from './table-key.ts';

export type InferredForeignKey = Extract<InferredReference, { kind: 'foreign-key' }>;

/** Orphans are the reason why nobody could declare these keys, so some must be borne where the name is clear. */
const LEAST_CONTAINED = 0.85;
const VALUES_LOOKED_AT = 500;
/** Below this the name alone is a guess: small numbers are keys of every table, so all values must fit, and many. */
const CLEAR_NAME = 0.78;
const UNCLEAR_LEAST = { contained: 0.99, looked: 5, distinct: 2 } as const;
/** Parents this close in confidence are a question. */
const NEARLY_AS_SURE = 0.06;
/** Low enough that a person is asked (mapping/questions/links.ts). */
const UNDECIDED = 0.74;

export interface Containment {
  readonly looked: number;
  readonly found: number;
  /** Different values among those found. */
  readonly distinct: number;
}

/** Statement that measures a candidate; `from` is its table or a sample of it. */
export function measureSql(candidate: ForeignKeyCandidate, from: string): string {
  return containmentSql(from, candidate.column.name, candidate.parent, VALUES_LOOKED_AT);
}

/** Where constraints are the habit, a name alone says little of a column that has none. */
const NAME_ALONE = { usual: 0.65, declared: 0.45 };

/**
 * The reference, or null where the values speak against it. `measured` is null when the values could not be asked.
 * `declares`: this database has constraints for nearly all of its references.
 */
export function judge(
  candidate: ForeignKeyCandidate,
  measured: Containment | null,
  declares = false,
): InferredForeignKey | null {
  const { table, column, parent, score, because } = candidate;
  const reference = {
    kind: 'foreign-key' as const,
    table: nameOf(table),
    column: column.name,
    references: { schema: parent.schema, name: parent.name, column: parent.column },
  };
  const start = `no constraint, but ${column.name} ${because}`;
  if (measured === null || measured.looked === 0) {
    if (candidate.needsValues) return null;
    const why = measured === null ? 'its values could not be asked' : 'it holds no values yet';
    return {
      ...reference,
      confidence: round(score * NAME_ALONE[declares ? 'declared' : 'usual']),
      reason: `${start}; ${why}`,
    };
  }
  const share = measured.found / measured.looked;
  if (share < LEAST_CONTAINED) return null;
  const clear = score >= CLEAR_NAME && !candidate.needsValues;
  if (!clear && !bearsOut(measured, share)) return null;
  const evidence = Math.min(1, measured.looked / 50);
  return {
    ...reference,
    confidence: round(Math.min(0.98, score * (0.85 + 0.15 * evidence) * (0.5 + 0.5 * share))),
    reason: `${start}, and ${measured.found} of ${measured.looked} sampled values are keys of ${displayName(parent)}`,
  };
}

function bearsOut({ looked, distinct }: Containment, share: number): boolean {
  const { contained, looked: least, distinct: different } = UNCLEAR_LEAST;
  return share >= contained && looked >= least && distinct >= different;
}

/** Of the references that one column could be, the surest, with those that are nearly as sure. */
export function surest(references: readonly InferredForeignKey[]): InferredForeignKey | null {
  const [best, ...others] = [...references].sort((a, b) => b.confidence - a.confidence);
  if (!best) return null;
  const near = others.filter(({ confidence }) => best.confidence - confidence <= NEARLY_AS_SURE);
  if (near.length === 0) return best;
  const alternatives = near.map(({ references: parent }) => parent);
  return {
    ...best,
    alternatives,
    confidence: Math.min(best.confidence, UNDECIDED),
    reason: `${best.reason}; nearly as likely: ${alternatives.map(displayName).join(', ')}`,
  };
}

function nameOf(table: TableName): TableName {
  return { schema: table.schema, name: table.name };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
