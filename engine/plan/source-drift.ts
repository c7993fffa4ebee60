/**
 * What a change of the source means for a plan: which kinds of records it concerns, column by column, with what to do;
 * and which others wait with them because they point at them or read from the changed table. The rest can go on.
 */
import type { Catalog } from '../schema/catalog.ts';
import { compareCatalogs, type TableDrift } from '../schema/compare-catalogs.ts';
import { indexTables, tableKey } from '../schema/table-key.ts';
import type { PlanEntity, PlanFile } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

export interface DriftChange {
  readonly schema: string;
  readonly table: string;
  /** Null: the plan does not move this table. */
  readonly entity: string | null;
  /** Null: the table as a whole, or one of its rules. */
  readonly column: string | null;
  readonly kind: 'new' | 'gone' | 'changed';
  readonly text: string;
  /** What to do about it, for people. */
  readonly advice: string;
}

export interface SourceDrift {
  readonly changes: readonly DriftChange[];
  /** Kinds of records whose own table changed. */
  readonly affected: readonly string[];
  /** Those that read values or keys from what changed in another table, moved or not, and from which. */
  readonly readers: readonly Waiting[];
  /** Readers, and those that point at one of all these, at first or second hand, and at what. */
  readonly waiting: readonly Waiting[];
}

export interface Waiting {
  readonly entity: string;
  readonly because: string;
}

export function sourceDrift(plan: PlanFile, before: Catalog, after: Catalog): SourceDrift {
  const names = new Map(
    plan.entities.map(({ name, source }) => [tableKey({ schema: source.schema, name: source.table }), name]),
  );
  const [old, now] = [indexTables(before.tables), indexTables(after.tables)];
  const drifts = compareCatalogs(before, after);
  const changes = drifts.flatMap((drift) => {
    const entity = names.get(tableKey(drift)) ?? null;
    const excluded = plan.excluded.some((item) => item.schema === drift.schema && item.table === drift.name);
    return drift.changes.map(({ column, text }): DriftChange => {
      const kind = kindOf(drift, column, [old.get(tableKey(drift)), now.get(tableKey(drift))]);
      const advice = excluded
        ? 'Nothing: the plan leaves this table out.'
        : adviceFor(entity, column, kind, drift.kind);
      return { schema: drift.schema, table: drift.name, entity, column, kind, text, advice };
    });
  });
  const affected = [...new Set(changes.flatMap(({ entity }) => entity ?? []))];
  const readers = readersOf(plan, drifts).filter(({ entity }) => !affected.includes(entity));
  const pointing = dependentsOf(plan, [...affected, ...readers.map(({ entity }) => entity)]);
  return { changes, affected, readers, waiting: [...readers, ...pointing] };
}

type TableNow = { readonly columns: readonly { readonly name: string }[] } | undefined;

function kindOf(drift: TableDrift, column: string | null, [a, b]: [TableNow, TableNow]): DriftChange['kind'] {
  if (column === null) return drift.kind === 'added' ? 'new' : drift.kind === 'removed' ? 'gone' : 'changed';
  const has = (table: TableNow) => table?.columns.some(({ name }) => name === column) ?? false;
  return !has(a) ? 'new' : !has(b) ? 'gone' : 'changed';
}

function adviceFor(
  entity: string | null,
  column: string | null,
  kind: DriftChange['kind'],
  table: TableDrift['kind'],
): string {
  if (entity === null)
    return table === 'added'
      ? 'The plan does not know this table: analyse again and have a new plan made if its records are to move.'
      : 'Nothing: the plan does not move this table.';
  if (table === 'removed') return `Put the table back, or leave ${entity} out of a new plan.`;
  if (column === null)
    return `Look whether ${entity} still moves as it should: towpath map --entities ${entity}`;
  if (kind === 'new')
    return `Its values are in no plan and would stay behind: give it a column in ${entity}, leave it out with a reason, or have a new plan made.`;
  if (kind === 'gone') return `Put the column back, or take it out of ${entity} in a new plan.`;
  return `Look whether its transform in ${entity} still fits, or put the column back as it was.`;
}

/** What cannot go on because what it points at waits. What is in already (`done`) waits for nothing. */
export function dependentsOf(
  plan: PlanFile,
  affected: readonly string[],
  done: ReadonlySet<string> = new Set(),
): Waiting[] {
  const held = new Set(affected);
  const waiting: Waiting[] = [];
  for (let grown = true; grown; ) {
    grown = false;
    for (const entity of plan.entities) {
      if (held.has(entity.name) || done.has(entity.name)) continue;
      const because = parentsOf(entity).find((name) => held.has(name));
      if (because === undefined) continue;
      held.add(entity.name);
      waiting.push({ entity: entity.name, because });
      grown = true;
    }
  }
  return waiting;
}

function parentsOf({ columns }: PlanEntity): string[] {
  return columns.flatMap((column) =>
    transformsOf(column).flatMap((step) =>
      step.kind === 'reference'
        ? [step.entity]
        : step.kind === 'polymorphic'
          ? Object.values(step.entities)
          : [],
    ),
  );
}

/**
 * Entities whose look-ups, or references found by other columns than the key, read a column that changed: the values come
 * from the source's table itself, so that its records are in already helps nobody.
 */
function readersOf(plan: PlanFile, drifts: readonly TableDrift[]): Waiting[] {
  const changed = new Map(
    drifts.map((drift) => [
      tableKey(drift),
      drift.kind === 'changed' ? drift.changes.map(({ column }) => column) : [null],
    ]),
  );
  const isChanged = ({ table, columns }: Read) =>
    changed.get(tableKey(table))?.some((column) => column === null || (columns?.includes(column) ?? true)) ??
    false;
  return plan.entities.flatMap((entity) => {
    const read = readsOf(plan, entity).find(isChanged);
    return read ? [{ entity: entity.name, because: read.shown }] : [];
  });
}

interface Read {
  readonly table: { readonly schema: string; readonly name: string };
  /** Null: whichever its key is made of. */
  readonly columns: readonly string[] | null;
  /** The entity, or the table that is none. */
  readonly shown: string;
}

function readsOf(plan: PlanFile, { columns }: PlanEntity): Read[] {
  const ofEntity = (name: string, read: readonly string[]): Read[] =>
    plan.entities
      .filter((entity) => entity.name === name)
      .map(({ source, key }) => ({
        table: { schema: source.schema, name: source.table },
        columns: [...read, ...key.columns],
        shown: name,
      }));
  return columns.flatMap((column) =>
    transformsOf(column).flatMap((step): Read[] => {
      if (step.kind === 'reference' && step.match) return ofEntity(step.entity, step.match.parentColumns);
      if (step.kind !== 'lookup') return [];
      const used = [step.column, ...(step.match?.parentColumns ?? [])];
      if (step.entity !== undefined) return ofEntity(step.entity, used);
      if (step.table === undefined) return [];
      const { schema, table: name } = step.table;
      return [{ table: { schema, name }, columns: step.match ? used : null, shown: `${schema}.${name}` }];
    }),
  );
}
