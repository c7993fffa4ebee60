/**
 * The names by which other tables may call a table: `dcim_devicetype` is a device type, `app_orders` an order, `tblCustomer`
 * a customer. An index from name to table, so that a thousand tables are compared with a few look-ups per column.
 */
import type { Column, Table } from './catalog.ts';
import { tableKey } from './table-key.ts';
import { commonPrefix, singularOf, wordsOf } from './words.ts';

export interface Parent {
  readonly table: Table;
  /** The one column that identifies a row: the primary key, or else a unique column. */
  readonly key: Column;
  readonly primary: boolean;
  /** Name in singular without word borders; `bare` without what all or several tables start with. */
  readonly full: string;
  readonly bare: string;
}

export interface ParentNames {
  /** Parents called so, in full or bare. */
  called(name: string): readonly Parent[];
  /** Parents whose key has this name, where the name says more than `id`. */
  keyed(name: string): readonly Parent[];
  /** Tables whose rows are people who use the software. */
  readonly users: readonly { readonly parent: Parent; readonly likely: number }[];
  /** Name without what several tables start with. */
  bareOf(table: Table): string;
  parentOf(table: Table): Parent | undefined;
}

/** How likely a table of this name holds those who do things in the software. */
const USERS: Readonly<Record<string, number>> = {
  user: 0.78,
  employee: 0.74,
  staff: 0.74,
  account: 0.72,
  person: 0.72,
  profile: 0.7,
  member: 0.66,
};
const SAYS_NOTHING = new Set(
  'id uuid guid pk key code name no nr num number oid rowid seq value type slug'.split(' '),
);
/** So many tables that start alike are an area of the software, and the word no part of their name. */
const SHARED_BY = 3;

function plainOf(name: string): string {
  return wordsOf(name).join('');
}

export function createParentNames(tables: readonly Table[]): ParentNames {
  const prefix = commonPrefix(tables.filter((table) => !table.housekeeping).map((table) => table.name));
  const starts = new Map<string, number>();
  for (const table of tables) {
    const [first, ...more] = wordsOf(table.name);
    if (first !== undefined && more.length > 0) starts.set(first, (starts.get(first) ?? 0) + 1);
  }
  const bareWords = (table: Table): string[] => {
    const words = wordsOf(table.name).map(singularOf);
    const raw = wordsOf(table.name)[0] ?? '';
    const shared =
      raw === prefix?.toLowerCase() || (starts.get(raw) ?? 0) >= SHARED_BY || /^(tbl|tab|t)$/.test(raw);
    return words.length > 1 && shared ? words.slice(1) : words;
  };
  const bareOf = (table: Table) =>
    bareWords(table)
      .join('')
      .replace(/^tbl(?=.)/, '');
  const parents = tables.flatMap((table) => parentsOf(table, bareOf(table)));
  const byName = new Map<string, Parent[]>();
  const byKey = new Map<string, Parent[]>();
  const byTable = new Map<string, Parent>();
  for (const parent of parents) {
    if (parent.primary) byTable.set(tableKey(parent.table), parent);
    for (const name of new Set([parent.full, parent.bare])) push(byName, name, parent);
    if (!SAYS_NOTHING.has(plainOf(parent.key.name))) push(byKey, plainOf(parent.key.name), parent);
  }
  return {
    called: (name) => byName.get(name) ?? [],
    keyed: (name) => byKey.get(name) ?? [],
    users: parents.flatMap((parent) => {
      const words = bareWords(parent.table);
      const likely = own(USERS, words.at(-1) ?? '');
      // `notification_users` joins users to something; `app_user` and `core_user` hold them.
      return parent.primary && likely !== undefined
        ? [{ parent, likely: likely - (words.length > 1 ? 0.1 : 0) }]
        : [];
    }),
    bareOf,
    parentOf: (table) => byTable.get(tableKey(table)),
  };
}

function parentsOf(table: Table, bare: string): Parent[] {
  const full = wordsOf(table.name).map(singularOf).join('');
  const unique = table.uniques
    .filter(({ columns }) => columns.length === 1)
    .map(({ columns }) => columns[0]!);
  const primary = table.primaryKey?.columns.length === 1 ? table.primaryKey.columns[0]! : null;
  return [...(primary === null ? [] : [primary]), ...unique.filter((name) => name !== primary)].flatMap(
    (name) => {
      const key = table.columns.find((column) => column.name === name);
      return key && (name === primary || !key.nullable)
        ? [{ table, key, primary: name === primary, full, bare }]
        : [];
    },
  );
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function push<T>(map: Map<string, T[]>, name: string, item: T): void {
  const list = map.get(name);
  if (list) list.push(item);
  else map.set(name, [item]);
}
