/**
 * What a column does by itself and its copy does not: fill itself, compute itself, be ordered in a way of its own, explain
 * itself. Keys that number themselves count as sequences.
 */
import type { Column, Table } from '../catalog.ts';
import type { CatalogObject } from '../catalog-objects.ts';

export function objectsOfColumns(table: Table): CatalogObject[] {
  if (table.kind !== 'table' && table.kind !== 'partitioned') return [];
  const place = { schema: table.schema, table: { schema: table.schema, name: table.name } };
  const own = table.columns.flatMap((column): CatalogObject[] => {
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
  return [...own, ...table.columns.flatMap((column) => ordered(table, column)), ...comments(table)];
}

function ordered({ schema, name }: Table, column: Column): CatalogObject[] {
  if (column.type.collation === null) return [];
  return [
    {
      kind: 'column-collation',
      schema,
      name: column.name,
      table: { schema, name },
      what: `is ordered and compared by ${column.type.collation}`,
      fate: 'left',
      reason: 'the new column is ordered and compared as the new database does by default',
    },
  ];
}

function comments(table: Table): CatalogObject[] {
  const { schema, name } = table;
  const count = [table, ...table.columns].filter(({ comment }) => comment !== null).length;
  if (count === 0) return [];
  return [
    {
      kind: 'comment',
      schema,
      name,
      table: { schema, name },
      what: `${count.toLocaleString('en-US')} ${count === 1 ? 'comment' : 'comments'} on the table and its columns`,
      fate: 'left',
      reason: 'they are read to suggest the plan; write those that are still true on the new tables',
    },
  ];
}

function isCounter(column: Column): boolean {
  return column.default !== null && /^nextval\(/.test(column.default);
}
