/** The tables that Django's content types stand for. */
import type { Table, TableName } from './catalog.ts';
import type { ResolvedType } from './infer-generic.ts';

export interface ContentType {
  readonly id: string;
  readonly app: string;
  readonly model: string;
}

export function contentTypeTable(tables: readonly Table[]): Table | null {
  return tables.find((table) => table.name === 'django_content_type') ?? null;
}

/**
 * Django names a table `<app>_<model>` unless told otherwise, and model names have lost their word borders, so underscores
 * do not count.
 */
export function createContentTypes(
  types: readonly ContentType[],
  tables: readonly Table[],
): (id: string) => ResolvedType {
  const real = tables.filter((table) => table.kind === 'table' || table.kind === 'partitioned');
  const byName = new Map<string, TableName>();
  for (const { schema, name } of real)
    if (!byName.has(plain(name))) byName.set(plain(name), { schema, name });
  const byId = new Map(types.map((type) => [type.id, type]));
  return (id) => {
    const type = byId.get(id);
    if (!type) return { type: id, label: id, table: null };
    const model = plain(type.model);
    const table = [plain(`${type.app}${type.model}`), model, `${model}s`]
      .map((name) => byName.get(name))
      .find((found) => found !== undefined);
    return { type: id, label: `${type.app}.${type.model}`, table: table ?? null };
  };
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
