/** Pairs of columns that say “which kind of row” and “which row”: Django's content types, Rails' polymorphic references. */
import type pg from 'pg';
import type { Shape, ShapeTable } from './shape.ts';

export interface GenericColumns {
  readonly type: string;
  readonly id: string;
  /** What the type column says → the table it means and its key. */
  readonly targets: readonly { readonly says: string; readonly table: string; readonly key: string }[];
}

const CONTENT_TYPES = 'django_content_type';

/** How many kinds a generic relation points at. */
const KINDS = 3;

/** Table id → its generic relations. */
export function findGeneric(
  shape: Shape,
  contentTypeIds: ReadonlyMap<string, string>,
): Map<string, readonly GenericColumns[]> {
  const contentTypes = shape.tables.find(({ name }) => name === CONTENT_TYPES);
  const whole = shape.tables.filter(
    (table) =>
      wholeKey(shape, table) && table !== contentTypes && (!contentTypes || contentTypeIds.has(table.id)),
  );
  return new Map(
    shape.tables.map((table, place) => {
      const targets = [0, 1, 2]
        .slice(0, Math.min(KINDS, whole.length))
        .map((n) => whole[(place * 7 + n * 11) % whole.length]!)
        .filter((other, n, all) => all.indexOf(other) === n && other.id !== table.id);
      const pairs = table.columns.flatMap(({ name }) =>
        contentTypes
          ? djangoPair(shape, table, name, { contentTypes, ids: contentTypeIds }, targets)
          : railsPair(shape, table, name, targets),
      );
      return [table.id, pairs];
    }),
  );
}

function djangoPair(
  shape: Shape,
  table: ShapeTable,
  name: string,
  { contentTypes, ids }: { contentTypes: ShapeTable; ids: ReadonlyMap<string, string> },
  targets: readonly ShapeTable[],
): GenericColumns[] {
  const start = /^(.*)object_id$/.exec(name)?.[1];
  const typeColumns = [`${start}content_type_id`, `${start}object_type_id`];
  const type = table.columns.find((column) => typeColumns.includes(column.name))?.name;
  if (start === undefined || type === undefined) return [];
  if (!table.references.some(({ parent, columns }) => parent === contentTypes.id && columns[0] === type))
    return [];
  return [
    {
      type,
      id: name,
      targets: targets.map((target) => ({
        says: ids.get(target.id)!,
        table: target.id,
        key: wholeKey(shape, target)!,
      })),
    },
  ];
}

function railsPair(
  shape: Shape,
  table: ShapeTable,
  name: string,
  targets: readonly ShapeTable[],
): GenericColumns[] {
  const start = /^(.+)_type$/.exec(name)?.[1];
  const id = table.columns.find((column) => column.name === `${start}_id`);
  if (start === undefined || !id || table.references.some(({ columns }) => columns.includes(id.name)))
    return [];
  if (
    !/^(varchar|text)$/.test(typeName(shape, table, name)) ||
    !/^int[248]$/.test(typeName(shape, table, id.name))
  )
    return [];
  return [
    {
      type: name,
      id: id.name,
      targets: targets.map((target) => ({
        says: className(target.name),
        table: target.id,
        key: wholeKey(shape, target)!,
      })),
    },
  ];
}

/** The one column of whole numbers that is the table's key. */
function wholeKey(shape: Shape, table: ShapeTable): string | null {
  const key = table.uniques.find(({ columns }) => columns?.length === 1 && columns[0] === 'id')?.columns?.[0];
  return key !== undefined && /^int[48]$/.test(typeName(shape, table, key)) ? key : null;
}

function typeName(shape: Shape, table: ShapeTable, name: string): string {
  return shape.types.get(table.columns.find((column) => column.name === name)!.type)?.name ?? '';
}

function className(table: string): string {
  const words = table.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return words
    .join('')
    .replace(/ies$/, 'y')
    .replace(/(ss|us)$/, '$1es')
    .replace(/(?:(x|ch|sh|ss)es|s)$/, '$1');
}

/** Table id → number of its content type. Rows for them are made where there are none. */
export async function contentTypesOf(client: pg.Client, shape: Shape): Promise<Map<string, string>> {
  const found = shape.tables.find(({ name }) => name === CONTENT_TYPES);
  if (!found) return new Map();
  const name = `"${found.schema}"."${found.name}"`;
  const models = new Map(
    shape.tables.flatMap((table) => (isModel(table) ? [[modelOf(table), table.id]] : [])),
  );
  const read = () =>
    client.query<{ id: string; model: string }>(
      `select id::text, app_label || '.' || model as model from ${name}`,
    );
  if ((await read()).rowCount === 0)
    for (const [n, model] of [...models.keys()].entries())
      await client.query(
        `insert into ${name} (id, app_label, model) overriding system value
         values ($1, split_part($2, '.', 1), split_part($2, '.', 2))`,
        [n + 1, model],
      );
  const { rows } = await read();
  return new Map(
    rows.flatMap(({ id, model }) => {
      const table = models.get(model);
      return table === undefined ? [] : [[table, id] as const];
    }),
  );
}

function isModel({ name }: ShapeTable): boolean {
  return name.includes('_') && !name.startsWith('django_');
}

function modelOf({ name }: ShapeTable): string {
  const [, app, model] = /^([^_]+)_(.+)$/.exec(name)!;
  return `${app}.${model!.replaceAll('_', '')}`;
}
