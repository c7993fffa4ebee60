/**
 * The target schema as data: the DDL of every entity of a plan, in the order of use.
 *
 * `create` makes the table with its not-null rules, defaults and checks; primary key, unique keys and indexes come after
 * the load, foreign keys last. Nothing is conditional: each statement carries the name it makes, so that a caller asks
 * the catalog first and applies what is missing (there is no `add constraint if not exists`). Names are at most 63 bytes,
 * unique in the schema and the same every time. Row-level security and grants are not its business.
 */
import { quoteIdentifier, quoteLiteral, quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';
import { createsTable } from './creates-table.ts';
import { cutName } from './identifier.ts';
import type { PlanColumn, PlanEntity, PlanFile } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

/** `name` is the table, constraint or index that the statement makes. */
export interface Statement {
  readonly name: string;
  readonly sql: string;
}

export interface ForeignKeyStatement extends Statement {
  readonly column: string;
  /** Entity that must have its primary key before. */
  readonly needs: string;
}

export interface TargetTable {
  readonly entity: string;
  readonly table: TableName;
  readonly create: Statement;
  readonly primaryKey: Statement;
  /** `unique` constraints, `legacy_id` among them. */
  readonly uniques: readonly Statement[];
  readonly indexes: readonly Statement[];
  readonly foreignKeys: readonly ForeignKeyStatement[];
  /** Check constraints that `create` holds already: for targets whose tables exist, and for validation. */
  readonly checks: readonly (Statement & { readonly expression: string })[];
}

/** In the order of the plan. */
export function targetTables(plan: PlanFile): TargetTable[] {
  const names = createNames(plan);
  const tables = new Map(plan.entities.map((entity) => [entity.name, tableOf(entity)]));
  return plan.entities.map((entity) => {
    const table = targetTable(entity, tables, names);
    // what was there before keeps the keys, indexes and rules it has
    if (createsTable(plan, entity)) return table;
    return { ...table, uniques: [], indexes: [], foreignKeys: [], checks: [] };
  });
}

function targetTable(entity: PlanEntity, tables: ReadonlyMap<string, TableName>, names: Names): TargetTable {
  const table = tableOf(entity);
  const relation = quoteTable(table);
  const constraint = (name: string, rule: string): Statement => ({
    name,
    sql: `alter table ${relation} add constraint ${quoteIdentifier(name)} ${rule}`,
  });
  const uniques = entity.uniques.map((key) => constraint(key.name, `unique (${columnList(key.columns)})`));
  const legacyKnown = entity.uniques.some(
    (key) => key.columns.length === 1 && key.columns[0] === 'legacy_id',
  );
  if (!legacyKnown && entity.columns.some((column) => column.to === 'legacy_id')) {
    uniques.unshift(constraint(names.take(table, 'legacy_id', '_key'), 'unique ("legacy_id")'));
  }
  return {
    entity: entity.name,
    table,
    create: { name: table.name, sql: createTableSql(entity, relation) },
    primaryKey: constraint(names.take(table, '', '_pkey'), 'primary key ("id")'),
    uniques,
    indexes: indexesOf(entity, table, names),
    foreignKeys: entity.columns.flatMap((column) => foreignKeyOf(column, tables, constraint, table)),
    checks: entity.checks.map((check) => ({
      ...constraint(check.name, `check (${check.expression})`),
      expression: check.expression,
    })),
  };
}

/** The two times every table has; where the source has none, the row's arrival counts. */
const MOMENTS = ['created_at', 'updated_at'];

function createTableSql(entity: PlanEntity, relation: string): string {
  const columns = entity.columns.map(columnSql);
  for (const name of MOMENTS) {
    if (entity.columns.some((column) => column.to === name)) continue;
    columns.push(`${quoteIdentifier(name)} timestamp with time zone not null default now()`);
  }
  const checks = entity.checks.map(
    (check) => `constraint ${quoteIdentifier(check.name)} check (${check.expression})`,
  );
  return `create table ${relation} (\n  ${[...columns, ...checks].join(',\n  ')}\n)`;
}

function columnSql(column: PlanColumn): string {
  const parts = [quoteIdentifier(column.to), column.type];
  if (!column.nullable) parts.push('not null');
  const value = defaultOf(column);
  if (value !== null) parts.push(`default ${value}`);
  return parts.join(' ');
}

/** New rows of the new system get an id and times by themselves; other defaults of the plan are for old rows only. */
function defaultOf(column: PlanColumn): string | null {
  if (column.to === 'id' && column.type === 'uuid') return 'gen_random_uuid()';
  if (column.to === 'metadata' && column.default !== undefined)
    return `${quoteLiteral(column.default).trim()}::${column.type}`;
  if (MOMENTS.includes(column.to) && !column.nullable && column.type === 'timestamp with time zone')
    return 'now()';
  return null;
}

function indexesOf(entity: PlanEntity, table: TableName, names: Names): Statement[] {
  const index = (name: string, columns: readonly string[]): Statement => ({
    name,
    sql: `create index ${quoteIdentifier(name)} on ${quoteTable(table)} (${columnList(columns)})`,
  });
  const planned = entity.indexes.map((item) => index(item.name, item.columns));
  const led = new Set([...entity.uniques, ...entity.indexes].map((item) => item.columns[0]));
  const references = entity.columns
    .filter((column) => isReference(column) && !led.has(column.to))
    .map((column) => index(names.take(table, column.to, '_idx'), [column.to]));
  return [...planned, ...references];
}

/** Points to rows of one table or of several. */
function isReference(column: PlanColumn): boolean {
  const { kind } = transformsOf(column)[0]!;
  return kind === 'reference' || kind === 'polymorphic';
}

function foreignKeyOf(
  column: PlanColumn,
  tables: ReadonlyMap<string, TableName>,
  constraint: (name: string, rule: string) => Statement,
  table: TableName,
): ForeignKeyStatement[] {
  const [first] = transformsOf(column);
  const parent = first?.kind === 'reference' ? tables.get(first.entity) : undefined;
  if (first?.kind !== 'reference' || !parent) return [];
  // Names of foreign keys are unique per table only, so none of the schema's names can be in the way.
  const name = cutName(`${table.name}_${column.to}`, '_fkey');
  const rule = `foreign key (${quoteIdentifier(column.to)}) references ${quoteTable(parent)} ("id")`;
  return [{ ...constraint(name, rule), column: column.to, needs: first.entity }];
}

function tableOf(entity: PlanEntity): TableName {
  return { schema: entity.target.schema, name: entity.target.table };
}

function columnList(columns: readonly string[]): string {
  return columns.map(quoteIdentifier).join(', ');
}

interface Names {
  take(table: TableName, part: string, ending: string): string;
}

/** Tables and indexes of a schema share one space of names. */
function createNames(plan: PlanFile): Names {
  const taken = new Set(
    plan.entities.flatMap((entity) => [
      entity.target.table,
      ...entity.uniques.map((key) => key.name),
      ...entity.indexes.map((index) => index.name),
    ]),
  );
  return {
    take(table, part, ending) {
      const base = part === '' ? table.name : `${table.name}_${part}`;
      let name = cutName(base, ending);
      for (let n = 2; taken.has(name); n++) name = cutName(base, `_${n}${ending}`);
      taken.add(name);
      return name;
    },
  };
}
