/**
 * Columns whose name says that they point at another table, although no constraint does. Names only: the values are
 * asked afterwards (infer-foreign-keys.ts), because a name alone has lied before.
 */
import type { Column, Table, TableName } from './catalog.ts';
import { createParentNames, type Parent, type ParentNames } from './parent-names.ts';
import { tableKey } from './table-key.ts';
import { singularOf, wordsOf } from './words.ts';

export interface ForeignKeyCandidate {
  readonly table: Table;
  readonly column: Column;
  readonly parent: TableName & { readonly column: string };
  /** How sure the name makes it, 0..1. */
  readonly score: number;
  /** The name is no more than a hint: without values it says nothing. */
  readonly needsValues: boolean;
  readonly because: string;
}

/** Last word of a column that names a person's part rather than a table. */
const ROLES = new Set(
  (
    'by user owner author creator editor assignee sender recipient receiver reviewer approver manager reporter requester ' +
    'operator updater modifier actor member employee person supervisor agent rep'
  ).split(' '),
);
const OF_THE_SAME_TABLE =
  /^(parent[a-z]*|root|previous|prev|next|original|duplicateof|replacedby|replace|replaces|reports?to|supervisor|manager|boss|superior|ancestor|mergedinto|forkedfrom)$/;

const FAMILIES: Readonly<Record<string, string>> = {
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  numeric: 'numeric',
  uuid: 'uuid',
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  citext: 'text',
};

/** Asking the values of more than these per column would cost more than it finds. */
const MOST_PER_COLUMN = 4;

/** Candidates of every column, best name first. `taken` are columns that are known to point somewhere already. */
export function foreignKeyCandidates(
  tables: readonly Table[],
  taken: ReadonlySet<string>,
): ForeignKeyCandidate[] {
  const real = tables.filter((table) => table.kind === 'table' || table.kind === 'partitioned');
  const names = createParentNames(real);
  return real
    .filter((table) => !table.housekeeping)
    .flatMap((table) =>
      table.columns.flatMap((column) =>
        taken.has(columnKey(table, column.name)) ? [] : candidatesOf(table, column, names),
      ),
    );
}

export function columnKey(table: TableName, column: string): string {
  return `${tableKey(table)}${column}`;
}

function candidatesOf(table: Table, column: Column, names: ParentNames): ForeignKeyCandidate[] {
  const family = familyOf(column);
  const subject = subjectOf(column.name);
  if (family === null || subject === null || column.generated) return [];
  if (subject.words.join('') === names.bareOf(table) && names.parentOf(table) === undefined) return [];
  const own = table.primaryKey?.columns.length === 1 && table.primaryKey.columns[0] === column.name;
  const found = new Map<string, ForeignKeyCandidate>();
  const needsValues = subject.marked !== 'clearly';
  for (const { parent, score, because } of matches(subject, table, column, names)) {
    if (familyOf(parent.key) !== family) continue;
    // Called like its own table a column is the record's own number, unless its name says that it is another record's.
    const self = tableKey(parent.table) === tableKey(table);
    if (self && (own || score < SELF || parent.key.name === column.name)) continue;
    // A key that points at another table's key extends that table.
    if (own && score < EXTENSION) continue;
    const { schema, name } = parent.table;
    const key = `${tableKey(parent.table)} ${parent.key.name}`;
    const total = score + nearness(table, parent) - (parent.primary ? 0 : 0.03) - (own ? 0.1 : 0);
    if ((found.get(key)?.score ?? 0) >= total) continue;
    found.set(key, {
      table,
      column,
      parent: { schema, name, column: parent.key.name },
      score: total,
      needsValues,
      because,
    });
  }
  return [...found.values()].sort((a, b) => b.score - a.score).slice(0, MOST_PER_COLUMN);
}

const EXTENSION = 0.9;
const SELF = 0.5;

function familyOf({ type }: Column): string | null {
  if (type.kind === 'array') return null;
  const storage = type.kind === 'domain' ? (type.base?.name ?? type.of ?? type.name) : type.name;
  return FAMILIES[storage] ?? null;
}

interface Subject {
  /** Singular words of what is pointed at; empty where the name is one word without borders. */
  readonly words: readonly string[];
  /** The whole name without word borders. */
  readonly plain: string;
  /** How clearly the name says that it points: `_id` more than `_no`, that more than nothing. */
  readonly marked: 'clearly' | 'perhaps' | 'not';
}

const CLEAR = new Set(['id', 'fk', 'ref', 'uuid', 'guid', 'fkey']);
const UNCLEAR = new Set(['key', 'no', 'nr', 'num', 'number', 'code', 'pk', 'sid']);

function subjectOf(name: string): Subject | null {
  const words = wordsOf(name);
  const plain = words.join('');
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (words.length > 1 && CLEAR.has(last))
    return { words: singular(words.slice(0, -1)), plain, marked: 'clearly' };
  if (words.length > 1 && CLEAR.has(first))
    return { words: singular(words.slice(1)), plain, marked: 'clearly' };
  if (words.length > 1 && UNCLEAR.has(last))
    return { words: singular(words.slice(0, -1)), plain, marked: 'perhaps' };
  if (words.length === 1 && /^.{3,}(id|fk)$/.test(plain))
    return { words: [singularOf(plain.replace(/(id|fk)$/, ''))], plain, marked: 'clearly' };
  return { words: singular(words), plain, marked: 'not' };
}

/** In singular, without the letter or number that tells one of several apart: `interface_a_id`, `address2_id`. */
function singular(words: readonly string[]): string[] {
  const all = words.map(singularOf);
  const last = all.at(-1);
  if (all.length > 1 && last !== undefined && /^([a-z]|[0-9]+)$/.test(last)) return all.slice(0, -1);
  return all;
}

interface Match {
  readonly parent: Parent;
  readonly score: number;
  readonly because: string;
}

/** What being marked less than clearly costs. */
const COST: Readonly<Record<Subject['marked'], number>> = { clearly: 0, perhaps: 0.1, not: 0.16 };

function* matches(subject: Subject, table: Table, column: Column, names: ParentNames): Generator<Match> {
  const cost = COST[subject.marked];
  const whole = subject.words.join('');
  const isSelf = (parent: Parent) => tableKey(parent.table) === tableKey(table);
  for (const parent of names.called(whole)) {
    if (isSelf(parent)) continue;
    const borrowed = whole !== parent.full && areaOf(parent.table) !== areaOf(table);
    yield {
      parent,
      score: (borrowed ? 0.85 : 0.92) - cost,
      because: `is named after ${parent.table.name}`,
    };
  }
  for (const parent of names.keyed(subject.plain)) {
    const named = whole === parent.bare || whole === parent.full;
    if (parent.primary || named)
      yield { parent, score: named ? 0.94 : 0.84, because: `is called like the key of ${parent.table.name}` };
  }
  if (OF_THE_SAME_TABLE.test(whole)) {
    const self = names.parentOf(table);
    if (self) yield { parent: self, score: 0.86 - cost / 2, because: 'names another row of the same table' };
  }
  if (ROLES.has(subject.words.at(-1)!)) {
    for (const { parent, likely } of names.users) {
      if (isSelf(parent)) continue;
      const because = `names a person's part, and ${parent.table.name} holds the people`;
      yield { parent, score: likely - cost / 2, because };
    }
  }
  // Without word borders the end must be the name of a key, which says more than a word.
  for (let from = 2; subject.words.length === 1 && from < subject.plain.length - 5; from++) {
    for (const parent of names.keyed(subject.plain.slice(from)))
      yield { parent, score: 0.8, because: `ends in the name of the key of ${parent.table.name}` };
  }
  if (subject.marked === 'not' && column.type.name !== 'uuid') return;
  yield* partly(subject, cost, table, names);
}

/** Names that say only a part: `billing_address_id`, or `type_id` in `circuit` for `circuit_type`. */
function* partly(subject: Subject, cost: number, table: Table, names: ParentNames): Generator<Match> {
  const whole = subject.words.join('');
  for (let from = 1; from < subject.words.length; from++) {
    const tail = subject.words.slice(from).join('');
    for (const parent of names.called(tail))
      yield { parent, score: 0.81 - cost - 0.01 * from, because: `ends in the name of ${parent.table.name}` };
  }
  if (subject.marked === 'clearly') yield* withOwnName(whole, table, names);
}

function* withOwnName(whole: string, table: Table, names: ParentNames): Generator<Match> {
  const own = names.bareOf(table);
  const others = (name: string) =>
    names.called(name).filter((parent) => tableKey(parent.table) !== tableKey(table));
  for (const parent of others(own + whole))
    yield { parent, score: 0.88, because: `together with its table names ${parent.table.name}` };
  for (let length = own.length - 1; length > whole.length; length--) {
    const start = own.slice(0, length);
    if (!start.endsWith(whole)) continue;
    for (const parent of others(start))
      yield {
        parent,
        score: 0.86,
        because: `names ${parent.table.name}, which its own table is named after`,
      };
  }
  for (let length = 4; length < own.length; length++) {
    for (const parent of others(own.slice(0, length) + whole))
      yield { parent, score: 0.78, because: `could be short for ${parent.table.name}` };
  }
}

/** First word of a table's name: the area of the software, where tables are named so. */
function areaOf(table: Table): string {
  return wordsOf(table.name)[0] ?? '';
}

function nearness(table: Table, parent: Parent): number {
  return (
    (parent.table.schema === table.schema ? 0.02 : 0) +
    (areaOf(parent.table) === areaOf(table) ? 0.01 : 0) -
    (parent.table.housekeeping ? 0.1 : 0)
  );
}
