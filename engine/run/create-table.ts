/** Makes an entity's table in the target, or makes sure that the one that is there is the one the plan means. */
import { MigrationError } from '../core/errors.ts';
import type { Session } from '../db/database.ts';
import { quoteIdentifier } from '../db/quote.ts';
import { sqlstateOf } from '../db/sqlstate.ts';
import type { PlanEntity } from '../plan/plan-file.ts';
import type { TargetTable } from '../plan/target-schema.ts';
import { markMadeSchemaSql, markMadeTableSql } from '../rollback/rollback.sql.ts';
import { columnsOfTableSql } from './target-objects.sql.ts';

/** SQLSTATE undefined_object. */
const UNDEFINED_OBJECT = '42704';
const DUPLICATE_SCHEMA = '42P06';

/** Returns true where it made the table; then the table says so, which is what rollback goes by. */
export async function createTable(
  entity: PlanEntity,
  table: TargetTable,
  migration: string,
  session: Session,
  creates: boolean,
): Promise<boolean> {
  const { schema, name } = table.table;
  const present = await session.query<{ name: string; type: string }>(columnsOfTableSql, [schema, name]);
  if (present.length === 0 && !creates) throw tableMissing(entity);
  if (present.length === 0) {
    await createSchema(schema, migration, session);
    // One implicit transaction: a table without its mark would never be rolled back.
    const create = await createSql(table, session);
    try {
      await session.query(`${create}; ${markMadeTableSql(table.table, migration)}`);
    } catch (error) {
      throw sqlstateOf(error) === UNDEFINED_OBJECT ? typeMissing(entity, error) : error;
    }
    return true;
  }
  const names = new Set(present.map((column) => column.name));
  const missing = entity.columns.filter((column) => !names.has(column.to)).map((column) => column.to);
  if (missing.length === 0) return false;
  throw new MigrationError({
    code: 'TARGET_SCHEMA_MISMATCH',
    message: `The target has a table ${schema}.${name} already, without the columns ${missing.join(', ')} of the plan.`,
    hint: 'Nothing was changed. Choose another target schema or table name in the plan, or move that table out of the way.',
    details: { entity: entity.name, missing },
  });
}

/** Says so in the schema's comment, so that rollback drops it once it is empty again; a schema that is there stays as it is. */
async function createSchema(schema: string, migration: string, session: Session): Promise<void> {
  const [found] = await session.query<{ present: boolean }>(
    'select to_regnamespace($1) is not null as present',
    [quoteIdentifier(schema)],
  );
  if (found!.present) return;
  const create = `create schema ${quoteIdentifier(schema)}; ${markMadeSchemaSql(schema, migration)}`;
  try {
    await session.query(create);
  } catch (error) {
    if (sqlstateOf(error) !== DUPLICATE_SCHEMA) throw error;
  }
}

function tableMissing(entity: PlanEntity): MigrationError {
  return new MigrationError({
    code: 'TARGET_SCHEMA_MISMATCH',
    message: `The target has no table ${entity.target.schema}.${entity.target.table}, which the plan says is there.`,
    hint: 'Nothing was changed. Create it, or let Towpath do so: “create: true” under “target” of the entity in the plan.',
    details: { entity: entity.name },
  });
}

/** Servers before 13 make no random uuid without an extension; new rows of theirs bring their own id. */
async function createSql(table: TargetTable, session: Session): Promise<string> {
  const [server] = await session.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  return server!.version >= 130_000
    ? table.create.sql
    : table.create.sql.replace(' default gen_random_uuid()', '');
}

function typeMissing(entity: PlanEntity, cause: unknown): MigrationError {
  return new MigrationError({
    code: 'TARGET_TYPE_MISSING',
    message: `The target does not know one of the types of ${entity.target.schema}.${entity.target.table}.`,
    hint: 'Create the type or its extension in the target, or give the column another type in the plan, such as text. “towpath preflight” names missing extensions.',
    details: { entity: entity.name, cause: UNDEFINED_OBJECT },
    cause,
  });
}
