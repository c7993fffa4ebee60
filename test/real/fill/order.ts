/** Tables, parents first as far as rings allow. */
import type { ShapeTable } from './shape.ts';

export function inOrder(tables: readonly ShapeTable[]): ShapeTable[] {
  const byId = new Map(tables.map((table) => [table.id, table]));
  const seen = new Set<string>();
  const order: ShapeTable[] = [];
  const visit = (table: ShapeTable, onlyRequired: boolean): void => {
    if (seen.has(table.id)) return;
    seen.add(table.id);
    for (const { parent, columns } of table.references) {
      const required = columns.every(
        (name) => table.columns.find((column) => column.name === name)!.required,
      );
      const other = byId.get(parent);
      if (other && (required || !onlyRequired)) visit(other, onlyRequired);
    }
    order.push(table);
  };
  // References that may be empty can wait; those that must not be decide.
  for (const table of tables) visit(table, true);
  return order;
}
