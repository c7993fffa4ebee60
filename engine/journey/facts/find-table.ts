/** The table or column a person means, by its own name or by that of the plan, in singular or plural. */
import { type Known, lookUp } from '../../plan/look-up.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import type { Catalog, Column, Table } from '../../schema/catalog.ts';
import { commonPrefix } from '../../schema/words.ts';
import { plannedColumns } from './hidden-columns.ts';
import { shownTable, type ToldNames } from './told-names.ts';

/** @throws MigrationError UNKNOWN_TABLE or AMBIGUOUS_NAME */
export function findTable(catalog: Catalog, names: ToldNames, said: string): Table {
  const tables = catalog.tables.filter(({ kind }) => kind !== 'partition');
  const prefix = commonPrefix(tables.map(({ name }) => name));
  const known = tables.map((table): Known<Table> => {
    const entity = names.entity(table);
    const bare =
      prefix !== null && table.name.startsWith(`${prefix}_`) ? [table.name.slice(prefix.length + 1)] : [];
    return {
      item: table,
      names: [
        entity ?? shownTable(table),
        shownTable(table),
        table.name,
        `${table.schema}.${table.name}`,
        ...bare,
      ],
    };
  });
  return lookUp(said, known, { what: 'table or kind of record', code: 'UNKNOWN_TABLE', loose: true });
}

/** @throws MigrationError UNKNOWN_COLUMN or AMBIGUOUS_NAME */
export function findColumn(table: Table, plan: PlanFile | null, said: string): Column {
  const planned = plannedColumns(plan, table);
  const known = table.columns.map(
    (column): Known<Column> => ({
      item: column,
      names: [
        column.name,
        ...planned.filter(({ from, to }) => from === column.name && to !== 'legacy_id').map(({ to }) => to),
      ],
    }),
  );
  return lookUp(said, known, { what: `column of ${shownTable(table)}`, code: 'UNKNOWN_COLUMN', loose: true });
}
