/** Unique keys, indexes and checks of an entity: carried over from the source as far as its columns are. */
import { quoteIdentifier, quoteLiteral } from '../db/quote.ts';
import { cutName } from '../plan/identifier.ts';
import type { PlanColumn, PlanEntity, Transform } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { DomainType, Table } from '../schema/catalog.ts';
import { carriedChecks } from './carried-checks.ts';

export interface Constraints {
  readonly uniques: PlanEntity['uniques'];
  readonly indexes: PlanEntity['indexes'];
  readonly checks: PlanEntity['checks'];
}

/** A name that no other relation of the plan has, near the one wanted. */
export type NameRelation = (wanted: string, ending: string) => string;

export function createRelationNames(tables: readonly string[]): NameRelation {
  const taken = new Set(tables);
  return (wanted, ending) => {
    let name = cutName(wanted, ending);
    for (let n = 2; taken.has(name); n++) name = cutName(wanted, `_${n}${ending}`);
    taken.add(name);
    return name;
  };
}

export function suggestConstraints(
  entity: Pick<PlanEntity, 'name' | 'columns' | 'key'>,
  table: Table,
  labels: ReadonlyMap<string, readonly string[]>,
  nameRelation: NameRelation,
  domains: readonly DomainType[],
): Constraints {
  const uniques = uniqueLists(entity, table);
  const indexes = indexLists(entity, table, uniques);
  return {
    uniques: uniques.map((columns) => ({
      name: nameRelation(`${entity.name}_${columns.join('_')}`, '_key'),
      columns,
    })),
    indexes: indexes.map((columns) => ({
      name: nameRelation(`${entity.name}_${columns.join('_')}`, '_idx'),
      columns,
    })),
    checks: checksOf(entity, table, labels, domains),
  };
}

/** Target columns of source columns, or null where one of them has none that keeps different values different. */
function carried(columns: readonly PlanColumn[], names: readonly string[]): string[] | null {
  const found = names.map(
    (name) =>
      columns.find(
        (column) => column.from === name && column.to !== 'legacy_id' && kindOf(column) !== 'boolean',
      )?.to,
  );
  return found.every((name) => name !== undefined) ? found : null;
}

function uniqueLists(entity: Pick<PlanEntity, 'columns' | 'key'>, table: Table): string[][] {
  const fromIndexes = table.indexes
    .filter((index) => index.unique && !index.partial)
    .flatMap((index) => (index.columns ? [index.columns] : []));
  const composite = entity.key.columns.length > 1 ? [entity.key.columns] : [];
  const source = [...composite, ...table.uniques.map((key) => key.columns), ...fromIndexes];
  const emails = entity.columns
    .filter((column) => transformsOf(column).some((step) => step.kind === 'email' && step.unique))
    .map((column) => [column.to]);
  const kept = source.map((names) => carried(entity.columns, names)).filter((columns) => columns !== null);
  return distinct([...kept, ...emails]);
}

/**
 * Plain indexes and one for each generic relation, unless a unique key, a reference (which gets its own index) or a
 * longer index begins the same way.
 */
function indexLists(
  entity: Pick<PlanEntity, 'columns'>,
  table: Table,
  uniques: readonly string[][],
): string[][] {
  const references = entity.columns
    .filter((column) => kindOf(column) === 'reference')
    .map((column) => [column.to]);
  const lists = table.indexes
    .filter((index) => !index.unique && !index.partial && / using btree /i.test(index.definition))
    .map((index) => (index.columns === null ? null : carried(entity.columns, index.columns)))
    .filter((columns) => columns !== null);
  const wanted = distinct([
    ...lists,
    ...entity.columns.flatMap((column) => genericIndex(column, entity.columns)),
  ]);
  const known = [...uniques, ...references];
  return wanted.filter(
    (columns) =>
      ![...known, ...wanted.filter((other) => other !== columns)].some((other) =>
        columns.every((name, i) => other[i] === name),
      ),
  );
}

/** Kind of parent and its id, as they are asked for together. */
function genericIndex(column: PlanColumn, columns: readonly PlanColumn[]): string[][] {
  const [first] = transformsOf(column);
  if (first?.kind !== 'polymorphic') return [];
  const type = columns.find((other) => other.from === first.typeColumn)?.to;
  return [type === undefined ? [column.to] : [type, column.to]];
}

function checksOf(
  entity: Pick<PlanEntity, 'name' | 'columns'>,
  table: Table,
  labels: ReadonlyMap<string, readonly string[]>,
  domains: readonly DomainType[],
): PlanEntity['checks'] {
  const checks: PlanEntity['checks'] = [];
  for (const column of entity.columns) {
    const words = labels.get(column.to);
    const name = quoteIdentifier(column.to);
    if (words && words.length > 0) {
      checks.push({
        name: cutName(`${entity.name}_${column.to}`, '_check'),
        expression: `${name} in (${words.map(quoteLiteral).join(', ')})`,
      });
    }
    if (column.range) {
      const parts = [
        column.range.min && `${name} >= ${quoteLiteral(column.range.min)}`,
        column.range.max && `${name} <= ${quoteLiteral(column.range.max)}`,
      ];
      checks.push({
        name: cutName(`${entity.name}_${column.to}`, '_range'),
        expression: parts.filter((part) => part).join(' and '),
      });
    }
  }
  const taken = new Set(checks.map((check) => check.name));
  for (const check of carriedChecks(entity, table, domains)) {
    if (taken.has(check.name)) continue;
    checks.push(check);
    taken.add(check.name);
  }
  return checks;
}

function kindOf(column: PlanColumn): Transform['kind'] {
  return transformsOf(column)[0]!.kind;
}

function distinct(lists: readonly string[][]): string[][] {
  const seen = new Map(lists.map((columns) => [JSON.stringify(columns), columns]));
  return [...seen.values()];
}
