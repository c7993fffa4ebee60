/** Confirms by values what names suggest: a candidate counts when at least 85 of 100 sampled values are keys of the parent. */
import type { InferredReference, TableName } from './catalog.ts';
import { containmentSql } from './containment.sql.ts';
import type { ForeignKeyCandidate } from './foreign-key-candidates.ts';
import { displayName } from './table-key.ts';

/** Orphans are the reason why nobody could declare these keys, so some must be borne. */
const LEAST_CONTAINED = 0.85;
const VALUES_LOOKED_AT = 500;

export interface Containment {
  readonly looked: number;
  readonly found: number;
}

/** Statement that measures a candidate; `from` is its table or a sample of it. */
export function measureSql(candidate: ForeignKeyCandidate, from: string): string {
  return containmentSql(from, candidate.column.name, candidate.parent, VALUES_LOOKED_AT);
}

/** The reference, or null where the values speak against it. `measured` is null when the values could not be asked. */
export function judge(
  candidate: ForeignKeyCandidate,
  measured: Containment | null,
): InferredReference | null {
  const { table, column, parent, score, because } = candidate;
  const reference = {
    kind: 'foreign-key' as const,
    table: nameOf(table),
    column: column.name,
    references: { schema: parent.schema, name: parent.name, column: parent.column },
  };
  const start = `no constraint, but ${column.name} ${because}`;
  if (measured === null || measured.looked === 0) {
    const why = measured === null ? 'its values could not be asked' : 'it holds no values yet';
    return { ...reference, confidence: round(score * 0.65), reason: `${start}; ${why}` };
  }
  const share = measured.found / measured.looked;
  if (share < LEAST_CONTAINED) return null;
  const evidence = Math.min(1, measured.looked / 50);
  return {
    ...reference,
    confidence: round(Math.min(0.98, score * (0.85 + 0.15 * evidence) * (0.5 + 0.5 * share))),
    reason: `${start}, and ${measured.found} of ${measured.looked} sampled values are keys of ${displayName(parent)}`,
  };
}

function nameOf(table: TableName): TableName {
  return { schema: table.schema, name: table.name };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
