/**
 * Reads the shape of the control schema from a live database. `schema.generated.json` is this, taken from a fresh
 * installation and committed; a test compares the two, so that a migration without its manifest is a red build.
 */
import { columnsSql, constraintsSql, indexesSql, relationsSql } from './manifest.sql.ts';
import type { Queryable } from './queryable.ts';

export interface RelationShape {
  readonly kind: string;
  /** Name → `type [collate c] [not null] [identity] [default …]`. */
  readonly columns: Readonly<Record<string, string>>;
  readonly constraints: Readonly<Record<string, string>>;
  readonly indexes: readonly string[];
}

export type Manifest = Readonly<Record<string, RelationShape>>;

interface ColumnRow {
  readonly relation: string;
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly identity: string;
  readonly default: string | null;
  readonly collation: string | null;
}

export async function readManifest(on: Queryable): Promise<Manifest> {
  const relations = await on.query<{ name: string; kind: string }>(relationsSql);
  const columns = await on.query<ColumnRow>(columnsSql);
  const constraints = await on.query<{ relation: string; name: string; definition: string }>(constraintsSql);
  const indexes = await on.query<{ relation: string; definition: string }>(indexesSql);
  const of = <T extends { readonly relation: string }>(rows: readonly T[], name: string) =>
    rows.filter(({ relation }) => relation === name);
  return Object.fromEntries(
    relations.map(({ name, kind }) => [
      name,
      {
        kind,
        columns: Object.fromEntries(of(columns, name).map((column) => [column.name, describe(column)])),
        constraints: Object.fromEntries(of(constraints, name).map((row) => [row.name, row.definition])),
        indexes: of(indexes, name).map(({ definition }) => definition),
      },
    ]),
  );
}

function describe({ type, collation, notNull, identity, default: value }: ColumnRow): string {
  return [
    type,
    collation === null ? '' : `collate ${collation}`,
    notNull ? 'not null' : '',
    identity === 'a' ? 'identity' : '',
    value === null ? '' : `default ${value}`,
  ]
    .filter(Boolean)
    .join(' ');
}
