/** How hard a table is to move, with the reasons: the worst reason decides. */
import type { Difficulty, InferredReference, Table } from './catalog.ts';
import { tableKey } from './table-key.ts';

type Grade = Difficulty['grade'];
const ORDER: readonly Grade[] = ['easy', 'moderate', 'hard'];
const LARGE_ROWS = 1_000_000;
const LARGE_BYTES = 2 * 1024 ** 3;
const WIDE = 100;

export type ObstacleKind =
  | 'no-key'
  | 'composite-key'
  | 'ring'
  | 'composite-reference'
  | 'generic'
  | 'undeclared'
  | 'unchecked'
  | 'own-types'
  | 'many-rows'
  | 'many-bytes'
  | 'row-security'
  | 'triggers'
  | 'exclusions'
  | 'wide'
  | 'no-columns';

/** One thing that makes a table harder than a plain copy. `words` go after the table's name. */
export interface Obstacle {
  readonly kind: ObstacleKind;
  readonly grade: Grade;
  readonly words: string;
}

/** Grades one table; `inferred` are all relations without a constraint, `inCycle` the tables that refer to each other. */
export function difficultyOf(
  table: Table,
  inferred: readonly InferredReference[],
  inCycle: boolean,
): Difficulty {
  const found = obstaclesOf(table, inferred, inCycle);
  return { grade: worstOf(found), reasons: found.map(({ words }) => words) };
}

function worstOf(found: readonly { readonly grade: Grade }[]): Grade {
  return found.reduce<Grade>(
    (worst, { grade }) => (ORDER.indexOf(grade) > ORDER.indexOf(worst) ? grade : worst),
    'easy',
  );
}

/** Everything that makes the table harder than a plain copy, in the order in which it is told. */
export function obstaclesOf(
  table: Table,
  inferred: readonly InferredReference[],
  inCycle: boolean,
): Obstacle[] {
  return [...ofKeys(table, inCycle), ...ofReferences(table, inferred), ...ofContent(table)];
}

function ofKeys(table: Table, inCycle: boolean): Obstacle[] {
  const found: Obstacle[] = [];
  if (!table.primaryKey)
    found.push(hard('no-key', 'has no primary key, so rows can only be told apart by their content'));
  else if (table.primaryKey.columns.length > 1)
    found.push(moderate('composite-key', 'has a key of several columns'));
  if (inCycle) found.push(moderate('ring', 'is part of a ring of tables that refer to each other'));
  return found;
}

function ofReferences(table: Table, inferred: readonly InferredReference[]): Obstacle[] {
  const found: Obstacle[] = [];
  if (table.foreignKeys.some((key) => key.columns.length > 1))
    found.push(hard('composite-reference', 'refers to another table by several columns at once'));
  for (const relation of inferred) {
    if (tableKey(relation.table) !== tableKey(table)) continue;
    if (relation.kind === 'generic')
      found.push(moderate('generic', `points at rows of several tables by ${relation.idColumn}`));
    else {
      const words = `points at ${relation.references.name} by ${relation.column} without a constraint`;
      found.push(moderate('undeclared', words));
    }
  }
  for (const key of table.foreignKeys) {
    if (key.validated) continue;
    const words = `has old rows that the server never checked in ${key.columns.join(', ')}`;
    found.push(moderate('unchecked', words));
  }
  return found;
}

function ofContent(table: Table): Obstacle[] {
  const found: Obstacle[] = [];
  const rows = table.exactRows ?? table.estimatedRows ?? 0;
  const odd = table.columns.filter(
    ({ type }) => type.kind === 'composite' || (type.kind === 'base' && type.schema !== 'pg_catalog'),
  );
  if (odd.length > 0) {
    const names = odd.map((column) => column.name).join(', ');
    found.push(hard('own-types', `has types of its own making: ${names}`));
  }
  if (rows > LARGE_ROWS) found.push(moderate('many-rows', `holds ${rows.toLocaleString('en-US')} rows`));
  if (table.bytes > LARGE_BYTES)
    found.push(moderate('many-bytes', `holds ${Math.round(table.bytes / 1024 ** 3)} GB`));
  if (table.rowSecurity)
    found.push(moderate('row-security', 'has row-level security, which may hide rows from the reader'));
  if ((table.triggers?.length ?? 0) > 0)
    found.push(moderate('triggers', 'has triggers, which did something whenever a row was written'));
  if ((table.exclusions?.length ?? 0) > 0)
    found.push(moderate('exclusions', 'has a rule that compares rows with each other'));
  if (table.columns.length > WIDE) found.push(moderate('wide', `has ${table.columns.length} columns`));
  if (table.columns.length === 0) found.push(hard('no-columns', 'has no columns'));
  return found;
}

function moderate(kind: ObstacleKind, words: string): Obstacle {
  return { kind, grade: 'moderate', words };
}

function hard(kind: ObstacleKind, words: string): Obstacle {
  return { kind, grade: 'hard', words };
}
