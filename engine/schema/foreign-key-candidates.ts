/**
 * Columns whose name says that they point at another table, although no constraint does. Names only: the values are
 * asked afterwards (infer-foreign-keys.ts), because a name alone has lied before.
 */
import type { Column, Table, TableName } from './catalog.ts';
import { tableKey } from './table-key.ts';
import { commonPrefix, singularOf, wordsOf } from './words.ts';

export interface ForeignKeyCandidate {
  readonly table: Table;
  readonly column: Column;
  readonly parent: TableName & { readonly column: string };
  /** How sure the name makes it, 0..1. */
  readonly score: number;
  readonly because: string;
}

/** Last word of a column that names a person's part rather than a table. */
const ROLES = new Set(
  (
    'by user owner author creator editor assignee sender recipient receiver reviewer approver manager reporter requester ' +
    'operator updater modifier actor member employee person'
  ).split(' '),
);
const USER_TABLES = new Set(['user', 'profile', 'account', 'member', 'person', 'employee', 'staff']);

const FAMILIES: Readonly<Record<string, string>> = {
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  uuid: 'uuid',
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
};

interface Parent {
  readonly table: Table;
  readonly key: Column;
  /** Name in singular words, with and without the prefix that most tables share. */
  readonly words: string;
  readonly bare: string;
}

/** At most one candidate per column, the best by name. */
export function foreignKeyCandidates(
  tables: readonly Table[],
  taken: ReadonlySet<string>,
): ForeignKeyCandidate[] {
  const real = tables.filter((table) => table.kind === 'table' || table.kind === 'partitioned');
  const prefix = commonPrefix(real.filter((table) => !table.housekeeping).map((table) => table.name));
  const parents = real.flatMap((table) => asParent(table, prefix) ?? []);
  return real
    .filter((table) => !table.housekeeping)
    .flatMap((table) =>
      table.columns.flatMap((column) =>
        taken.has(columnKey(table, column.name)) ? [] : (best(table, column, parents) ?? []),
      ),
    );
}

export function columnKey(table: TableName, column: string): string {
  return `${tableKey(table)}${column}`;
}

function asParent(table: Table, prefix: string | null): Parent | null {
  const [name, ...more] = table.primaryKey?.columns ?? [];
  const key = table.columns.find((column) => column.name === name);
  if (!key || more.length > 0) return null;
  const words = wordsOf(table.name).map(singularOf);
  const bare =
    prefix !== null && words.length > 1 && words[0] === singularOf(prefix.toLowerCase())
      ? words.slice(1)
      : words;
  return { table, key, words: words.join('_'), bare: bare.join('_') };
}

function best(table: Table, column: Column, parents: readonly Parent[]): ForeignKeyCandidate | null {
  const words = wordsOf(column.name);
  const last = words.at(-1);
  if (words.length < 2 || (last !== 'id' && last !== 'fk' && last !== 'ref')) return null;
  if (table.primaryKey?.columns.length === 1 && table.primaryKey.columns[0] === column.name) return null;
  const family = FAMILIES[column.type.of ?? column.type.name];
  if (family === undefined || column.type.kind === 'array') return null;
  const subject = words.slice(0, -1).map(singularOf);
  let found: ForeignKeyCandidate | null = null;
  for (const parent of parents) {
    if (FAMILIES[parent.key.type.of ?? parent.key.type.name] !== family) continue;
    const match = scoreName(subject, table, parent);
    if (match && (!found || match.score > found.score)) {
      const { schema, name } = parent.table;
      found = { table, column, parent: { schema, name, column: parent.key.name }, ...match };
    }
  }
  return found;
}

function scoreName(
  subject: readonly string[],
  table: Table,
  parent: Parent,
): { score: number; because: string } | null {
  const name = subject.join('_');
  const near =
    (parent.table.schema === table.schema ? 0.02 : 0) +
    (wordsOf(parent.table.name)[0] === wordsOf(table.name)[0] ? 0.01 : 0);
  const self = tableKey(parent.table) === tableKey(table);
  if (name === parent.bare || name === parent.words) {
    return { score: 0.92 + near, because: `is named after ${parent.table.name}` };
  }
  if (self && /^(parent|root|previous|next|original|duplicate_of|replaced_by)$/.test(name)) {
    return { score: 0.85 + near, because: 'names another row of the same table' };
  }
  if (name.endsWith(`_${parent.bare}`))
    return { score: 0.8 + near, because: `ends in the name of ${parent.table.name}` };
  if (ROLES.has(subject.at(-1)!) && USER_TABLES.has(parent.bare.split('_').at(-1)!)) {
    return {
      score: 0.72 + near,
      because: `names a person's part, and ${parent.table.name} holds the people`,
    };
  }
  return null;
}
