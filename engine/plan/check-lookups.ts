/** Rules over values taken from another table: it is there, has the column, and each row finds at most one row of it. */
import type { Catalog, ColumnType, Table } from '../schema/catalog.ts';
import type { PlanPath, Tell } from './finding.ts';
import { nearest } from './nearest.ts';
import type { PlanColumn, PlanEntity, PlanFile, ReferenceMatch, Transform } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

type Lookup = Extract<Transform, { kind: 'lookup' }>;

export function checkLookups(
  { plan, catalog }: { readonly plan: PlanFile; readonly catalog: Catalog },
  entity: PlanEntity,
  table: Table,
  at: PlanPath,
  tell: Tell,
): void {
  entity.columns.forEach((column, i) => {
    const place = [...at, 'columns', i, 'transform'];
    for (const step of transformsOf(column)) {
      if (step.kind !== 'lookup') continue;
      if (step.onMissing === 'null' && !column.nullable)
        tell(
          place,
          `${column.to} must not be empty, so a missing row cannot leave it so.`,
          'Use onMissing: quarantine, or let the column be nullable.',
        );
      const other = otherOf(step, plan, catalog, place, tell);
      if (other) checkLookup(step, column, { own: table, ...other }, place, tell);
    }
  });
}

interface Other {
  readonly other: Table;
  /** Columns that a row is known by, where the plan names none. */
  readonly key: readonly string[];
}

function otherOf(
  { entity, table }: Lookup,
  plan: PlanFile,
  catalog: Catalog,
  place: PlanPath,
  tell: Tell,
): Other | null {
  if ((entity === undefined) === (table === undefined)) {
    tell(place, 'A lookup needs one place to look.', 'Name an entity, or a table of the old system.');
    return null;
  }
  const parent = plan.entities.find(({ name }) => name === entity);
  if (entity !== undefined && !parent) {
    const meant = nearest(
      entity,
      plan.entities.map(({ name }) => name),
    );
    tell(
      place,
      `There is no entity named ${entity}.`,
      meant ? `Did you mean ${meant}?` : 'Name a table instead.',
    );
    return null;
  }
  const { schema, table: name } = parent?.source ?? table!;
  const found = catalog.tables.find((item) => item.schema === schema && item.name === name);
  if (!found) {
    const meant = nearest(
      name,
      catalog.tables.map((item) => item.name),
    );
    tell(
      place,
      `The source has no table ${schema}.${name}.`,
      meant ? `Did you mean ${meant}?` : 'Analyse the source again, or take the lookup out.',
    );
    return null;
  }
  return { other: found, key: parent?.key.columns ?? found.primaryKey?.columns ?? [] };
}

function checkLookup(
  step: Lookup,
  column: PlanColumn,
  { own, other, key }: Other & { readonly own: Table },
  place: PlanPath,
  tell: Tell,
): void {
  for (const name of [step.column, ...(step.match?.parentColumns ?? [])]) {
    if (other.columns.some((item) => item.name === name)) continue;
    const meant = nearest(
      name,
      other.columns.map((item) => item.name),
    );
    tell(
      place,
      `${other.schema}.${other.name} has no column ${name}.`,
      meant ? `Did you mean ${meant}?` : 'Name one of its columns.',
    );
    return;
  }
  const match = step.match ?? ownMatch(column, key);
  if (match === null) {
    tell(
      place,
      `${other.name} is not known by one column, or the column has no source.`,
      'Say with match which columns equal which.',
    );
    return;
  }
  if (match.columns.length !== match.parentColumns.length) {
    tell(
      place,
      `${match.columns.length} columns cannot equal ${match.parentColumns.length}.`,
      'Name as many columns as parentColumns.',
    );
    return;
  }
  if (!isUnique(other, match.parentColumns))
    tell(
      place,
      `Several rows of ${other.name} may have the same ${match.parentColumns.join(', ')}.`,
      'Look up by a primary or unique key.',
    );
  match.columns.forEach((name, i) => {
    const a = own.columns.find((item) => item.name === name)?.type;
    const b = other.columns.find((item) => item.name === match.parentColumns[i])?.type;
    if (a && b && familyOf(a) !== familyOf(b))
      tell(
        place,
        `${name} is ${a.sql} and ${match.parentColumns[i]} is ${b.sql}, which are never equal.`,
        'Match columns of one type.',
      );
  });
}

function ownMatch({ from }: PlanColumn, key: readonly string[]): ReferenceMatch | null {
  return from === undefined || key.length !== 1 ? null : { columns: [from], parentColumns: [...key] };
}

function isUnique(table: Table, columns: readonly string[]): boolean {
  const keys = [
    table.primaryKey,
    ...table.uniques,
    ...table.indexes.filter((index) => index.unique && !index.partial),
  ];
  return keys.some((key) => key?.columns?.every((name) => name !== null && columns.includes(name)));
}

const FAMILIES: Readonly<Record<string, string>> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  numeric: 'number',
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
};

/** Types that the server compares with one another. */
function familyOf(type: ColumnType): string {
  const name = type.kind === 'domain' ? (type.of ?? type.name) : type.name;
  const schema = type.kind === 'domain' ? 'pg_catalog' : type.schema;
  return FAMILIES[name] ?? `${schema}.${name}`;
}
