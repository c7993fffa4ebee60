/** How hard a table is to move, with the reasons: the worst reason decides. */
import type { Difficulty, InferredReference, Table } from './catalog.ts';
import { tableKey } from './table-key.ts';

type Grade = Difficulty['grade'];
const ORDER: readonly Grade[] = ['easy', 'moderate', 'hard'];
const LARGE_ROWS = 1_000_000;
const LARGE_BYTES = 2 * 1024 ** 3;

/** Grades one table; `inferred` are all relations without a constraint, `inCycle` the tables that refer to each other. */
export function difficultyOf(
  table: Table,
  inferred: readonly InferredReference[],
  inCycle: boolean,
): Difficulty {
  const found: [Grade, string][] = [];
  const rows = table.exactRows ?? table.estimatedRows ?? 0;
  if (!table.primaryKey)
    found.push(['hard', 'has no primary key, so rows can only be told apart by their content']);
  else if (table.primaryKey.columns.length > 1) found.push(['moderate', 'has a key of several columns']);
  if (inCycle) found.push(['moderate', 'is part of a ring of tables that refer to each other']);
  if (table.foreignKeys.some((key) => key.columns.length > 1)) {
    found.push(['hard', 'refers to another table by several columns at once']);
  }
  for (const relation of inferred) {
    if (tableKey(relation.table) !== tableKey(table)) continue;
    if (relation.kind === 'generic') {
      found.push(['moderate', `points at rows of several tables by ${relation.idColumn}`]);
    } else
      found.push([
        'moderate',
        `points at ${relation.references.name} by ${relation.column} without a constraint`,
      ]);
  }
  for (const key of table.foreignKeys) {
    if (!key.validated)
      found.push(['moderate', `has old rows that the server never checked in ${key.columns.join(', ')}`]);
  }
  const odd = table.columns.filter(
    ({ type }) => type.kind === 'composite' || (type.kind === 'base' && type.schema !== 'pg_catalog'),
  );
  if (odd.length > 0)
    found.push(['hard', `has types of its own making: ${odd.map((column) => column.name).join(', ')}`]);
  if (rows > LARGE_ROWS) found.push(['moderate', `holds ${rows.toLocaleString('en-US')} rows`]);
  if (table.bytes > LARGE_BYTES) found.push(['moderate', `holds ${Math.round(table.bytes / 1024 ** 3)} GB`]);
  if (table.rowSecurity)
    found.push(['moderate', 'has row-level security, which may hide rows from the reader']);
  if (table.columns.length > 100) found.push(['moderate', `has ${table.columns.length} columns`]);
  if (table.columns.length === 0) found.push(['hard', 'has no columns']);
  const grade = found.reduce<Grade>(
    (worst, [next]) => (ORDER.indexOf(next) > ORDER.indexOf(worst) ? next : worst),
    'easy',
  );
  return { grade, reasons: found.map(([, reason]) => reason) };
}
