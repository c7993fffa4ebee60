/** Entity names: what a table is called in the new system. Valid, unique and the same every time. */
import type { TableName } from '../schema/catalog.ts';
import { tableKey } from '../schema/table-key.ts';
import { commonPrefix, pluralOf, wordsOf } from '../schema/words.ts';
import { cutName } from './identifier.ts';

/** Name per table key, in the order of the tables given. */
export function nameEntities(
  tables: readonly TableName[],
  known: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const prefix = commonPrefix(
    tables.map((table) => table.name).filter((name) => !Object.hasOwn(known, name)),
  );
  const severalSchemas = new Set(tables.map((table) => table.schema)).size > 1;
  const names = new Map<string, string>();
  const taken = new Set<string>();
  // Names that people gave come first, so that a derived name gives way to them.
  for (const table of tables) {
    const given = Object.hasOwn(known, table.name) ? known[table.name]! : undefined;
    if (given === undefined || taken.has(given)) continue;
    names.set(tableKey(table), given);
    taken.add(given);
  }
  for (const table of tables) {
    if (names.has(tableKey(table))) continue;
    const name = firstFree(proposals(table, prefix, severalSchemas), taken);
    names.set(tableKey(table), name);
    taken.add(name);
  }
  return names;
}

function proposals(table: TableName, prefix: string | null, severalSchemas: boolean): string[] {
  const full = wordsOf(table.name);
  const bare = prefix !== null && full.length > 1 && full[0] === prefix.toLowerCase() ? full.slice(1) : full;
  const list = [entityName(bare), entityName(full)];
  if (severalSchemas)
    list.push(
      entityName([...wordsOf(table.schema), ...bare]),
      entityName([...wordsOf(table.schema), ...full]),
    );
  return list;
}

function entityName(words: readonly string[]): string {
  const many = words.length === 0 ? [] : [...words.slice(0, -1), pluralOf(words.at(-1)!)];
  const name = many
    .join('_')
    .normalize('NFKD')
    .replace(/[^a-z0-9_]/g, '')
    .replace(/_+/g, '_')
    .replace(/^_+|_+$/g, '');
  if (name === '') return 'records';
  return cutName(/^[a-z]/.test(name) ? name : `t_${name}`);
}

function firstFree(list: readonly string[], taken: ReadonlySet<string>): string {
  const free = list.find((name) => !taken.has(name));
  if (free !== undefined) return free;
  for (let n = 2; ; n++) {
    const name = cutName(list[0]!, `_${n}`);
    if (!taken.has(name)) return name;
  }
}
