/** How tables and kinds of records are called before a person: by the plan's names, before there is one by those it would get. */
import { shownText } from '../../core/shown-text.ts';
import { outlinePlan } from '../../plan/outline.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import { entityWords } from '../../report/words.ts';
import type { Catalog, TableName } from '../../schema/catalog.ts';
import { displayName, tableKey } from '../../schema/table-key.ts';

export interface ToldNames {
  /** `system_messages`, also where no plan names it yet; null for what would not be moved. */
  entity(table: TableName): string | null;
  /** `system messages`; a table's own name where it is no kind of record. */
  words(table: TableName): string;
}

export function toldNames(catalog: Catalog, plan: PlanFile | null): ToldNames {
  const outlined = outlinePlan(catalog).entities.map(({ name, table }) => [tableKey(table), name] as const);
  const planned = plan?.entities.map(({ name, source }) => [keyOf(source), name] as const) ?? [];
  const names = new Map([...outlined, ...planned]);
  const entity = (table: TableName) => names.get(tableKey(table)) ?? null;
  return {
    entity,
    words: (table) => {
      const name = entity(table);
      return name === null ? shownText(displayName(table), 70) : lowerWords(name);
    },
  };
}

/** `case_files` → `case files`. */
export function lowerWords(entity: string): string {
  return entityWords(entity).toLowerCase();
}

/** `orders` or `billing.orders`, cleaned for showing. */
export function shownTable(table: TableName): string {
  return shownText(displayName(table), 130);
}

export function shownName(name: string): string {
  return shownText(name, 70);
}

export function keyOf(source: PlanEntity['source']): string {
  return tableKey({ schema: source.schema, name: source.table });
}

const SMALL = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** `seven`, `45`, `1,204`: small numbers as words, as in running text. */
export function numberWord(count: number): string {
  return SMALL[count] ?? count.toLocaleString('en-US');
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
