/** What a column does by itself and its copy does not: fill itself, compute itself. Keys that number themselves count as sequences. */
import type { Column, Table } from '../catalog.ts';
import type { CatalogObject } from '../catalog-objects.ts';

export function objectsOfColumns(table: Table): CatalogObject[] {
  if (table.kind !== 'table' && table.kind !== 'partitioned') return [];
  const place = { schema: table.schema, table: { schema: table.schema, name: table.name } };
  return table.columns.flatMap((column): CatalogObject[] => {
    if (column.generated)
      return [
        {
          ...place,
          kind: 'generated-column',
          name: column.name,
          what: 'computes itself from other columns',
          fate: 'left',
          reason: 'its values move as they are; new rows do not compute it, unless the new system does',
        },
      ];
    if (column.default === null || isCounter(column)) return [];
    return [
      {
        ...place,
        kind: 'column-default',
        name: column.name,
        what: 'fills itself where a new row says nothing',
        fate: 'left',
        reason: 'rows that move have their values; new rows need the default set again in the new database',
      },
    ];
  });
}

function isCounter(column: Column): boolean {
  return column.default !== null && /^nextval\(/.test(column.default);
}
