/** Catalogs made by hand, for tests of what is pure: a few words per table, the rest is ordinary. */
import type {
  Catalog,
  Column,
  ForeignKey,
  InferredReference,
  Table,
} from '../../../engine/schema/catalog.ts';
import { fingerprintOf } from '../../../engine/schema/fingerprint.ts';

export type TableSpec = Partial<Omit<Table, 'columns' | 'foreignKeys' | 'primaryKey'>> & {
  readonly name: string;
  readonly columns?: readonly Column[];
  /** `column` → parent table; the parent's key is `id`. */
  readonly references?: Readonly<Record<string, string>>;
  readonly key?: readonly string[];
};

/** `column('status', 'int2', { nullable: true })` */
export function column(name: string, type = 'int4', change: Partial<Column> = {}): Column {
  return {
    name,
    position: 1,
    type: {
      sql: SQL[type] ?? type,
      name: type,
      schema: 'pg_catalog',
      oid: 0,
      kind: 'base',
      of: null,
      length: null,
      scale: null,
      collation: null,
    },
    nullable: false,
    default: null,
    identity: false,
    generated: false,
    comment: null,
    profile: null,
    ...change,
  };
}

const SQL: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
};

export function table(spec: TableSpec): Table {
  const { references = {}, key = ['id'], columns = [column('id')], ...rest } = spec;
  const named = new Set(columns.map((item) => item.name));
  const added = Object.keys(references).filter((name) => !named.has(name));
  return {
    schema: 'public',
    kind: 'table',
    comment: null,
    columns: [...columns, ...added.map((name) => column(name, 'int4', { nullable: true }))],
    primaryKey: key.length > 0 ? { name: `${spec.name}_pkey`, columns: key } : null,
    uniques: [],
    foreignKeys: Object.entries(references).map(
      ([name, parent]): ForeignKey => ({
        name: `${spec.name}_${name}_fkey`,
        columns: [name],
        references: { schema: 'public', name: parent, columns: ['id'] },
        onDelete: 'no action',
        validated: true,
      }),
    ),
    checks: [],
    indexes: [],
    estimatedRows: 10,
    exactRows: 10,
    bytes: 8192,
    rowSecurity: false,
    housekeeping: null,
    difficulty: { grade: 'easy', reasons: [] },
    ...rest,
  };
}

export function catalog(specs: readonly TableSpec[], inferred: readonly InferredReference[] = []): Catalog {
  const structure = { schemas: ['public'], tables: specs.map(table), enums: [], domains: [] };
  return {
    server: { database: 'legacy', versionNum: 150000, encoding: 'UTF8', timeZone: 'UTC' },
    fingerprint: fingerprintOf(structure),
    takenAt: '2026-01-02T03:04:05.000Z',
    ...structure,
    inferred,
  };
}
