/**
 * How good the suggestions of a plan are: the share of source columns that need no human change. A column needs none when
 * all of this holds:
 *
 *  1. it has a column of its own in the target (keys: `legacy_id`); not the metadata, not left out. Columns of tables that
 *     are left out whole (the old framework's housekeeping, views) are not counted at all;
 *  2. no question of the plan is about it, alone or together with others;
 *  3. no row was set aside because of it, and validation compared every one of its values;
 *  4. its type is the same, or the one that `expectedType` lists for the old one;
 *  5. its name is the old one in snake_case, a legacy prefix or an ending that repeats the table taken off, `_id` for a
 *     reference, or one of the names every table has (`created_at`, `updated_at`, `id`).
 */
import type { PlanColumn, PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import type { Column } from '../../engine/schema/catalog.ts';
import type { Way } from './journey.ts';

export interface Suggestions {
  readonly columns: number;
  readonly unchanged: number;
  readonly changes: readonly { readonly column: string; readonly why: string }[];
}

export function measureSuggestions({ catalog, plan, causes }: Way): Suggestions {
  if (!plan) throw new Error('No plan, no suggestions.');
  const asked = askedColumns(plan);
  const changes: { column: string; why: string }[] = [];
  let columns = 0;
  for (const entity of plan.entities) {
    const table = catalog.tables.find(
      ({ schema, name }) => schema === entity.source.schema && name === entity.source.table,
    )!;
    const spoilt = new Set(
      causes.filter((cause) => cause.entity === entity.name).map((cause) => cause.column),
    );
    for (const column of table.columns) {
      columns++;
      const why = changeOf(column, entity, asked, spoilt);
      if (why) changes.push({ column: `${entity.name}.${column.name}`, why });
    }
  }
  return { columns, unchanged: columns - changes.length, changes };
}

function changeOf(
  column: Column,
  entity: PlanEntity,
  asked: ReadonlySet<string>,
  spoilt: ReadonlySet<string | null>,
): string | null {
  const own = entity.columns.filter((item) => item.from === column.name);
  // The parts of a key of several columns are in the legacy id as well.
  if (own.length === 0) return inMetadata(entity, column) ? 'in the metadata' : 'left out';
  const names = [column.name, ...own.map(({ to }) => to)];
  if (names.some((name) => asked.has(`${entity.name}.${name}`))) return 'a question is about it';
  if (own.some(({ to }) => spoilt.has(to)) || spoilt.has(column.name)) return 'rows were set aside for it';
  const plain = own.find(({ to }) => to !== 'id')!;
  if (!isExpectedType(column, plain)) return `${column.type.sql} became ${plain.type}`;
  if (!isExpectedName(column, plain, entity)) return `named ${plain.to}`;
  return null;
}

function inMetadata(entity: PlanEntity, column: Column): boolean {
  return entity.columns.some((item) =>
    transformsOf(item).some((step) => step.kind === 'metadata' && step.columns.includes(column.name)),
  );
}

/** `entity.column` of every column that a question names, in what it is about or in what its answers would change. */
function askedColumns(plan: PlanFile): Set<string> {
  const names = new Set<string>();
  const add = (entity: unknown, column: unknown): void => {
    if (typeof entity === 'string' && typeof column === 'string') names.add(`${entity}.${column}`);
  };
  for (const question of plan.questions) {
    add(question.about.entity, question.about.column);
    for (const change of question.choices.flatMap(({ changes }) => changes) as Record<string, unknown>[]) {
      const { column, entity, source } = change;
      add(entity, source);
      add(entity, typeof column === 'object' && column !== null && 'to' in column ? column.to : column);
    }
  }
  return names;
}

/** Old type → the type a person would choose, where it is not the same. */
const EXPECTED: readonly (readonly [RegExp, RegExp])[] = [
  [/^character varying(\(\d+\))?$/, /^(text|character varying(\(\d+\))?)$/],
  [/^character\(\d+\)$/, /^(text|character varying\(\d+\))$/],
  [/^timestamp(\(\d\))? without time zone$/, /^timestamp(\(\d\))? with time zone$/],
  [/^json$/, /^jsonb$/],
  [/^numeric(\(.*\))?$/, /^numeric(\(.*\))?$/],
  [/^([\w"]+\.)?(citext|ltree|name|"char")$/, /^text$/],
  [/^(oid)$/, /^bigint$/],
  // The number of digits of money is a setting of each server; an amount is not.
  [/^money$/, /^numeric$/],
];

function isExpectedType({ type }: Column, to: PlanColumn): boolean {
  const kinds = transformsOf(to).map((step) => step.kind);
  // The new keys are uuids, and a number that says what kind of thing is meant becomes a word.
  if (kinds.includes('reference') || kinds.includes('polymorphic')) return to.type === 'uuid';
  if (kinds.includes('choice')) return to.type === 'text';
  if (type.sql === to.type) return true;
  if (type.kind === 'enum') return to.type === 'text';
  if (type.kind === 'domain') return true; // what a domain becomes is its base type, and validation compared the values
  if (type.kind === 'composite') return to.type === 'jsonb';
  if (type.kind === 'array') return to.type.endsWith('[]') || to.type === 'jsonb';
  return EXPECTED.some(([from, into]) => from.test(type.sql) && into.test(to.type));
}

/** The names that every table has, and what a column of such a name is called where it is something else. */
const EVERYWHERE = new Set(['legacy_id', 'created_at', 'updated_at', 'id', 'source_id']);

function isExpectedName({ name }: Column, { to }: PlanColumn, entity: PlanEntity): boolean {
  const snake = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_')
    .replace(/^_+|_+$/g, '');
  if (EVERYWHERE.has(to)) return true;
  const same = (text: string) => text === snake || text === name;
  const bare = to.replace(/_id$/, '');
  return (
    same(to) ||
    same(bare) ||
    snake.endsWith(`_${to}`) ||
    snake.replace(/_?id$/, '') === bare ||
    to === `${snake}_id` ||
    // A name that the entity has for itself already.
    new RegExp(`^${snake}(_\\d+|_value)$`).test(to) ||
    to === `${entity.name}_${snake}` ||
    (/content_type_id$/.test(snake) && /object_type$/.test(to))
  );
}
