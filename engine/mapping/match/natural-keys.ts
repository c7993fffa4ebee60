/** By which columns rows of a table are known to people: what is unique there and filled from the source, the best first. */
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Table } from '../../schema/catalog.ts';

/** Kinds that make no value which the other system could have as well. */
const MADE = new Set(['uuid', 'constant', 'metadata', 'code', 'hash', 'mask', 'polymorphic']);
const WELL_KNOWN = [
  /(^|_)e?_?mail/,
  /(^|_)(number|no|code|sku|slug|key|isbn|ean|iban|vin|ssn)$/,
  /(user)?name$|login/,
];

export function naturalKeys(entity: PlanEntity, table: Table): string[][] {
  const columns = new Map(entity.columns.map((column) => [column.to, column]));
  const uniques = [
    ...table.uniques.map((key) => key.columns),
    ...table.indexes.filter((index) => index.unique && !index.partial).map((index) => index.columns ?? []),
  ];
  const seen = new Set<string>();
  const keys = uniques.filter((names) => {
    const id = [...names].sort().join('\0');
    if (names.length === 0 || seen.has(id)) return false;
    seen.add(id);
    return names.every((name) => isKeyPart(columns.get(name), entity));
  });
  return keys.map((names) => [...names]).sort((a, b) => rank(a) - rank(b));
}

function isKeyPart(column: PlanColumn | undefined, { deferred }: PlanEntity): boolean {
  return (
    column !== undefined &&
    !deferred.includes(column.to) &&
    !transformsOf(column).some(({ kind }) => MADE.has(kind))
  );
}

function rank(names: readonly string[]): number {
  const known = WELL_KNOWN.findIndex((pattern) => names.some((name) => pattern.test(name.toLowerCase())));
  return names.length * 10 + (known < 0 ? WELL_KNOWN.length : known);
}

/** Columns that people tell rows apart by although nothing there makes them unique. */
export function likelyKeys(entity: PlanEntity): string[] {
  return entity.columns
    .filter(
      (column) => isKeyPart(column, entity) && column.from !== undefined && /text|char/.test(column.type),
    )
    .map(({ to }) => to)
    .filter((name) => [...WELL_KNOWN, /^(title|label)$/].some((pattern) => pattern.test(name.toLowerCase())))
    .filter((name) => !/^(first|last|full|sur|middle)_?name$/.test(name));
}
