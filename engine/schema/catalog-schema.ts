/** zod schema of the Catalog, for the border: a catalog that was stored as an artifact is checked when it is read back. */
import { z } from 'zod';
import { MigrationError } from '../core/errors.ts';
import type { Catalog } from './catalog.ts';
import { besidesTables, hangingFields } from './catalog-objects-schema.ts';

const tableName = { schema: z.string(), name: z.string() };
const flag = z.boolean().optional();
const key = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  deferrable: flag,
  nullsNotDistinct: flag,
  withoutOverlaps: flag,
});
const check = z.object({
  name: z.string(),
  definition: z.string(),
  columns: z.array(z.string()).optional(),
  validated: flag,
  enforced: flag,
});
const action = z.enum(['no action', 'restrict', 'cascade', 'set null', 'set default']);

const profile = z.object({
  sampledRows: z.number(),
  nullRate: z.number(),
  distinct: z.number(),
  distinctIsExact: z.boolean(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  maxLength: z.number().nullable(),
  usualSize: z.object({ p90: z.number(), p99: z.number() }).nullable().optional(),
  patterns: z.partialRecord(
    z.enum([
      ...(['email', 'phone', 'money', 'json', 'url', 'date', 'uuid', 'boolean-word', 'number'] as const),
      ...(['base64', 'name', 'address', 'national-id', 'iban', 'card', 'ip', 'blank'] as const),
    ]),
    z.number(),
  ),
  codes: z.array(z.object({ value: z.string(), count: z.number() })).nullable(),
  personal: z
    .object({
      kind: z.enum([
        ...(['name', 'email', 'phone', 'address', 'birth-date', 'national-id', 'bank', 'online'] as const),
        ...(['free-text', 'secret', 'other'] as const),
      ]),
      confidence: z.number(),
    })
    .nullable(),
});

const typeKind = z.enum(['base', 'array', 'enum', 'domain', 'composite', 'range', 'multirange', 'pseudo']);
const typeUnder = z.object({ ...tableName, kind: typeKind, sql: z.string() });

const columnType = z.object({
  sql: z.string(),
  name: z.string(),
  schema: z.string(),
  oid: z.number(),
  kind: typeKind,
  of: z.string().nullable(),
  length: z.number().nullable(),
  scale: z.number().nullable(),
  collation: z.string().nullable(),
  base: typeUnder.optional(),
  element: typeUnder.optional(),
  textOnly: flag,
});

const column = z.object({
  name: z.string(),
  position: z.number(),
  type: columnType,
  nullable: z.boolean(),
  default: z.string().nullable(),
  identity: z.boolean(),
  identityKind: z.enum(['always', 'by default']).optional(),
  generated: z.boolean(),
  generation: z.enum(['stored', 'virtual']).optional(),
  inherited: flag,
  comment: z.string().nullable(),
  profile: profile.nullable(),
});

const table = z.object({
  ...tableName,
  kind: z.enum(['table', 'partitioned', 'partition', 'foreign', 'view', 'materialized-view']),
  comment: z.string().nullable(),
  columns: z.array(column),
  primaryKey: key.nullable(),
  uniques: z.array(key),
  foreignKeys: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      references: z.object({ ...tableName, columns: z.array(z.string()) }),
      onDelete: action,
      onUpdate: action.optional(),
      match: z.enum(['simple', 'full', 'partial']).optional(),
      deferrable: z.enum(['initially immediate', 'initially deferred']).optional(),
      onDeleteColumns: z.array(z.string()).optional(),
      enforced: flag,
      period: flag,
      validated: z.boolean(),
    }),
  ),
  checks: z.array(check),
  exclusions: z.array(check).optional(),
  indexes: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()).nullable(),
      unique: z.boolean(),
      partial: z.boolean(),
      definition: z.string(),
      method: z.string().optional(),
      valid: flag,
      nullsNotDistinct: flag,
    }),
  ),
  estimatedRows: z.number().nullable(),
  exactRows: z.number().nullable(),
  bytes: z.number(),
  rowSecurity: z.boolean(),
  housekeeping: z.object({ framework: z.string(), reason: z.string() }).nullable(),
  difficulty: z.object({ grade: z.enum(['easy', 'moderate', 'hard']), reasons: z.array(z.string()) }),
  parent: z.object(tableName).nullable().optional(),
  ...hangingFields,
  notes: z.array(z.string()).optional(),
});

const inferred = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('foreign-key'),
    table: z.object(tableName),
    column: z.string(),
    references: z.object({ ...tableName, column: z.string() }),
    alternatives: z.array(z.object({ ...tableName, column: z.string() })).optional(),
    confidence: z.number(),
    reason: z.string(),
  }),
  z.object({
    kind: z.literal('generic'),
    table: z.object(tableName),
    typeColumn: z.string(),
    idColumn: z.string(),
    targets: z.array(z.object({ type: z.string(), table: z.object(tableName) })),
    unresolved: z.array(z.object({ type: z.string(), label: z.string() })).optional(),
    dangling: z.number().optional(),
    confidence: z.number(),
    reason: z.string(),
  }),
]);

export const catalogSchema = z.object({
  server: z.object({
    database: z.string(),
    versionNum: z.number(),
    encoding: z.string(),
    timeZone: z.string(),
    collation: z.string().optional(),
  }),
  fingerprint: z.string(),
  takenAt: z.string(),
  schemas: z.array(z.string()),
  tables: z.array(table),
  enums: z.array(z.object({ ...tableName, labels: z.array(z.string()) })),
  domains: z.array(
    z.object({ ...tableName, baseType: z.string(), notNull: z.boolean(), checks: z.array(z.string()) }),
  ),
  inferred: z.array(inferred),
  ...besidesTables,
});

/** Throws a MigrationError CATALOG_INVALID where the value is no catalog of this version. */
export function parseCatalog(value: unknown): Catalog {
  const result = catalogSchema.safeParse(value);
  if (result.success) return result.data as Catalog;
  const [first] = result.error.issues;
  throw new MigrationError({
    code: 'CATALOG_INVALID',
    message:
      `The stored analysis cannot be read: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim(),
    hint: 'Analyse the source again: towpath analyze',
  });
}

/** Compiles only while schema and type agree; `as Catalog` above is for optional fields alone. */
type Agrees<A, B extends A> = B;
export type CatalogAgrees = Agrees<z.input<typeof catalogSchema>, MutableCatalog>;
type MutableCatalog = Mutable<Catalog>;
type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
