/**
 * Builds keys, indexes and foreign keys, each once: the catalog is asked first, under a lock of the object's own, so that
 * a step can be repeated after a lost connection and a run that died in the middle goes on where it was.
 * A key is made as a unique index first and as a constraint of it then: that lets a table's other indexes be built beside it.
 */
import type { Failpoints } from '../core/failpoints.ts';
import type { Session } from '../db/database.ts';
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { Statement, TargetTable } from '../plan/target-schema.ts';
import {
  constraintExistsSql,
  constraintValidatedSql,
  indexExistsSql,
  lockObjectSql,
  unlockObjectSql,
} from './target-objects.sql.ts';

export interface Build {
  readonly session: Session;
  readonly table: TargetTable;
  readonly statement: Statement;
  readonly failpoints: Failpoints;
}

/** Holds the object's lock; it ends with the session where the work fails. */
export async function lockingObject<T>(session: Session, name: string, work: () => Promise<T>): Promise<T> {
  await session.query(lockObjectSql, [name]);
  const result = await work();
  await session.query(unlockObjectSql, [name]);
  return result;
}

export async function hasConstraint(session: Session, table: TargetTable, name: string): Promise<boolean> {
  const { schema, name: relation } = table.table;
  return (await session.query(constraintExistsSql, [schema, relation, name])).length > 0;
}

async function hasIndex(session: Session, table: TargetTable, name: string): Promise<boolean> {
  const { schema, name: relation } = table.table;
  return (await session.query(indexExistsSql, [schema, relation, name])).length > 0;
}

/** Throws SQLSTATE 23505 where rows repeat the key. */
export async function buildKey({ session, table, statement, failpoints }: Build): Promise<void> {
  await lockingObject(session, objectName(table, statement), async () => {
    if (await hasConstraint(session, table, statement.name)) return;
    const rule = /add constraint .+? (primary key|unique) (\(.+\))$/.exec(statement.sql);
    if (!rule) {
      await session.query(statement.sql);
      return;
    }
    const name = quoteIdentifier(statement.name);
    const relation = quoteTable(table.table);
    if (!(await hasIndex(session, table, statement.name)))
      await session.query(`create unique index ${name} on ${relation} ${rule[2]}`);
    await failpoints.hit('key.indexed');
    await session.query(`alter table ${relation} add constraint ${name} ${rule[1]} using index ${name}`);
  });
}

export async function buildIndex({ session, table, statement, failpoints }: Build): Promise<void> {
  await lockingObject(session, objectName(table, statement), async () => {
    if (await hasIndex(session, table, statement.name)) return;
    await session.query(statement.sql);
    await failpoints.hit('index.built');
  });
}

export async function buildForeignKey({ session, table, statement, failpoints }: Build): Promise<void> {
  const { schema, name: relation } = table.table;
  await lockingObject(session, objectName(table, statement), async () => {
    const [present] = await session.query<{ validated: boolean }>(constraintValidatedSql, [
      schema,
      relation,
      statement.name,
    ]);
    if (present?.validated) return;
    if (!present) await session.query(`${statement.sql} not valid`);
    await failpoints.hit('foreign-key.added');
    await session.query(
      `alter table ${quoteTable(table.table)} validate constraint ${quoteIdentifier(statement.name)}`,
    );
  });
}

function objectName({ table }: TargetTable, { name }: Statement): string {
  return `${table.schema}.${table.name}.${name}`;
}
