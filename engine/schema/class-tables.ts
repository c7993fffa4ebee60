/**
 * The tables that class names stand for, by inflection: `Post` is posts, `Admin::User` admin_users or users, `App\Models\Post`
 * posts, `Person` people; table names themselves, in any case, are understood as well. A subclass (`PersonalSnippet`, kept
 * in snippets) is found by the end of its name, and then the values must bear it out.
 */
import type { Table, TableName } from './catalog.ts';
import type { ResolvedType } from './infer-generic.ts';
import { createParentNames, type Parent } from './parent-names.ts';
import { singularOf, wordsOf } from './words.ts';

type KeyedTable = TableName & { readonly column: string; readonly type: string };

export interface ClassTable extends ResolvedType {
  /** Its key, and whether the name alone is no more than a guess. */
  readonly guess: { readonly table: KeyedTable; readonly loose: boolean } | null;
}

export function createClassTables(tables: readonly Table[]): (type: string, near: Table) => ClassTable {
  const names = createParentNames(
    tables.filter((table) => table.kind === 'table' || table.kind === 'partitioned'),
  );
  const find = (name: string, near: Table) => {
    const called = names.called(name).filter(({ primary }) => primary);
    return called.find(({ table }) => table.schema === near.schema) ?? called[0];
  };
  return (type, near) => {
    const spaces = type.split(/::|\\+|\.|\//).filter((part) => part !== '');
    const words = spaces.map((part) => wordsOf(part).map(singularOf));
    for (let from = 0; from < words.length; from++) {
      const found = find(words.slice(from).flat().join(''), near);
      if (found) return resolved(type, found, false);
    }
    const last = words.at(-1) ?? [];
    for (let from = 1; from < last.length; from++) {
      const found = find(last.slice(from).join(''), near);
      if (found) return resolved(type, found, true);
    }
    return { type, label: type, table: null, guess: null };
  };
}

function resolved(type: string, { table, key }: Parent, loose: boolean): ClassTable {
  const name = { schema: table.schema, name: table.name };
  return {
    type,
    label: type,
    table: name,
    guess: { table: { ...name, column: key.name, type: key.type.name }, loose },
  };
}
