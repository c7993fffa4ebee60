/**
 * Which rows PostgreSQL would refuse, asked without writing anything: in a session that the server itself keeps from
 * writing. Rows become values of the table's own type, read by the server's own input, so types, lengths and domains are
 * its word; then each of its rules – required columns, checks, unique keys and indexes, foreign keys – is asked as a query.
 *
 * Rejected: writing into the real table and rolling back, which holds locks, fires triggers and uses up numbers of
 * sequences; a temporary copy of the table, which has no foreign keys, and which a read-only session cannot make. What
 * cannot be asked this way is said: triggers, rules of exclusion, and values that the server fills in.
 */
import { refusalOf } from '../../copy/isolate.ts';
import { type Reject, rejectOf } from '../../copy/map-stream.ts';
import type { Session } from '../../db/database.ts';
import { quoteTable } from '../../db/quote.ts';
import { classify } from '../../db/sqlstate.ts';
import { type ForeignKeyRow, foreignKeysOfSql } from '../existing-tables.sql.ts';
import type { ChangedChecks } from './follow-checks.ts';
import type { MappedRow } from './mapped-rows.ts';
import {
  type CheckRule,
  checkSql,
  checksOfTableSql,
  columnsOfTableSql,
  missingSql,
  orphansSql,
  type RuleColumn,
  readableSql,
  repeatedSql,
  rowLiteral,
  type UniqueRule,
  unaskableSql,
  uniquesOfTableSql,
} from './target-rules.sql.ts';

export interface AskedRows {
  readonly target: { readonly schema: string; readonly name: string };
  /** New ids of everything that would arrive with these, by quoted table. */
  readonly arriving: ReadonlyMap<string, readonly string[]>;
  readonly rows: readonly MappedRow[];
  /** Checks that a retry would make otherwise first. */
  readonly changed?: ChangedChecks | undefined;
}

export interface TargetRefusals {
  readonly rejects: readonly Reject[];
  /** In words. */
  readonly onlyAtRetry: readonly string[];
}

/** Rows a query. */
const CHUNK = 2000;

export async function findTargetRefusals(session: Session, asked: AskedRows): Promise<TargetRefusals> {
  const table = quoteTable(asked.target);
  const columns = await session.query<RuleColumn>(columnsOfTableSql, [table]);
  if (columns.length === 0) return { rejects: [], onlyAtRetry: [`The table ${table} is not there yet.`] };
  const rejects = new Map<string, Reject>();
  const left = () => asked.rows.filter(({ key }) => !rejects.has(key));
  const literal = ({ values }: MappedRow) => rowLiteral(columns.map(({ name }) => values.get(name) ?? null));
  for (const reject of await unreadable(session, table, asked.rows, literal)) rejects.set(reject.key, reject);
  const open: string[] = [];
  const ask = async (rule: Rule) => {
    const rows = left();
    for (let i = 0; i < rows.length; i += CHUNK) {
      const part = rows.slice(i, i + CHUNK);
      const found = await answer(session, rule, part.map(literal));
      if (found === null) {
        open.push(`Whether ${rule.name} of ${table} accepts the rows.`);
        return;
      }
      for (const n of found) {
        const { key } = part[n - 1]!;
        rejects.set(key, rejectOf(key, rule.refusal));
      }
    }
  };
  const written = new Set(asked.rows.flatMap(({ values }) => [...values.keys()]));
  for (const rule of await rulesOf(session, table, columns, written, asked, open)) await ask(rule);
  return { rejects: [...rejects.values()], onlyAtRetry: open };
}

interface Rule {
  readonly name: string;
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly refusal: Parameters<typeof rejectOf>[1];
}

async function rulesOf(
  session: Session,
  table: string,
  columns: readonly RuleColumn[],
  written: ReadonlySet<string>,
  { arriving, changed }: AskedRows,
  open: string[],
): Promise<Rule[]> {
  const filled = new Set(
    columns.filter((column) => column.filled && !written.has(column.name)).map(({ name }) => name),
  );
  const required = columns.filter((column) => column.required && !filled.has(column.name));
  const there = await session.query<CheckRule>(checksOfTableSql, [table]);
  const added = (changed?.added ?? []).map((check) => ({ ...check, columns: [] }));
  const checks = [...there.filter(({ name }) => !changed?.removed.includes(name)), ...added];
  const uniques = await session.query<UniqueRule>(uniquesOfTableSql, [table]);
  const keys = await session.query<ForeignKeyRow>(foreignKeysOfSql, [table]);
  const [unaskable] = await session.query<{ exclusions: number; triggers: string[] }>(unaskableSql, [table]);
  if (unaskable!.triggers.length > 0)
    open.push(`What the triggers of ${table} do: ${unaskable!.triggers.join(', ')}.`);
  if (unaskable!.exclusions > 0) open.push(`Whether rows overlap others of ${table}, which it forbids.`);
  const askable = checks.filter((check) => !check.columns.some((column) => filled.has(column)));
  for (const { name } of checks.filter((check) => !askable.includes(check)))
    open.push(`Whether ${name} of ${table} accepts the rows: it looks at what the server fills in.`);
  return [
    ...required.map(({ name }) => ({
      name,
      sql: missingSql(table, name),
      values: [],
      refusal: refusal('23502', `${name} must not be empty`, null, name),
    })),
    ...askable.map((check) => ({
      name: check.name,
      sql: checkSql(table, check),
      values: [],
      refusal: refusal(
        '23514',
        `a rule of the target does not allow the row (${check.name})`,
        check.name,
        null,
      ),
    })),
    ...keys.map((key) => foreignKeyRule(table, key, arriving)),
    ...uniques.map((unique) => ({
      name: unique.name,
      sql: repeatedSql(table, unique),
      values: [],
      refusal: refusal('23505', `repeats another row (${unique.name})`, unique.name, null),
    })),
  ];
}

function foreignKeyRule(table: string, key: ForeignKeyRow, arriving: AskedRows['arriving']): Rule {
  const ids = key.parentColumns.join() === 'id' ? (arriving.get(quoteTable(key.parent)) ?? null) : null;
  return {
    name: key.name,
    sql: orphansSql(table, key, ids !== null),
    values: [ids ?? []],
    refusal: refusal('23503', `points to a record that is not in the target (${key.name})`, key.name, null),
  };
}

function refusal(sqlstate: string, message: string, constraint: string | null, column: string | null) {
  return { sqlstate, message, constraint, column };
}

/** Places of the rows that a rule refuses, from 1; null where it cannot be asked. */
async function answer(
  session: Session,
  rule: Rule,
  literals: readonly string[],
): Promise<readonly number[] | null> {
  try {
    return await guarded(session, async () =>
      (await session.query<{ n: number }>(rule.sql, [literals, ...rule.values])).map(({ n }) => n),
    );
  } catch (error) {
    if (!isServerError(error)) throw error;
    return null;
  }
}

/** Rows that are no rows of the table: half by half, down to the single one. */
async function unreadable(
  session: Session,
  table: string,
  rows: readonly MappedRow[],
  literal: (row: MappedRow) => string,
): Promise<Reject[]> {
  if (rows.length === 0) return [];
  if (rows.length > CHUNK) return halves(session, table, rows, literal);
  try {
    await guarded(session, () => session.query(readableSql(table), [rows.map(literal)]));
    return [];
  } catch (error) {
    if (!isServerError(error)) throw error;
    if (rows.length === 1) return [rejectOf(rows[0]!.key, refusalOf(error))];
    return halves(session, table, rows, literal);
  }
}

async function halves(
  session: Session,
  table: string,
  rows: readonly MappedRow[],
  literal: (row: MappedRow) => string,
): Promise<Reject[]> {
  const middle = rows.length >> 1;
  return [
    ...(await unreadable(session, table, rows.slice(0, middle), literal)),
    ...(await unreadable(session, table, rows.slice(middle), literal)),
  ];
}

/** An error ends the savepoint alone. */
async function guarded<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.query('savepoint asked');
  try {
    const result = await work();
    await session.query('release savepoint asked');
    return result;
  } catch (error) {
    if (isServerError(error)) await session.query('rollback to savepoint asked');
    throw error;
  }
}

/** About the rows or the rule, and not about the connection. */
function isServerError(error: unknown): boolean {
  return classify(error).severity === 'minor';
}
