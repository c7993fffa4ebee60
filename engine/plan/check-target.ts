/** Rules against a target whose tables exist already: planned columns are there, and required ones have a source. */
import type { Catalog } from '../schema/catalog.ts';
import { indexTables, tableKey } from '../schema/table-key.ts';
import { createsTable } from './creates-table.ts';
import type { Tell } from './finding.ts';
import { nearest } from './nearest.ts';
import type { PlanFile } from './plan-file.ts';

export function checkTarget(plan: PlanFile, target: Catalog, tell: Tell): void {
  const tables = indexTables(target.tables);
  plan.entities.forEach((entity, i) => {
    const table = tables.get(tableKey({ schema: entity.target.schema, name: entity.target.table }));
    if (!table) {
      if (createsTable(plan, entity)) return;
      const meant = nearest(
        entity.target.table,
        target.tables.map((item) => item.name),
      );
      tell(
        ['entities', i, 'target', 'table'],
        `The target has no table ${entity.target.schema}.${entity.target.table}.`,
        meant ? `Did you mean ${meant}?` : 'Set target.create: true, or create it.',
      );
      return;
    }
    const columns = new Map(table.columns.map((column) => [column.name, column]));
    const planned = new Set(entity.columns.map((column) => column.to));
    entity.columns.forEach((column, k) => {
      const place = ['entities', i, 'columns', k, 'to'];
      const found = columns.get(column.to);
      if (!found) {
        const meant = nearest(column.to, columns.keys());
        tell(
          place,
          `The target's ${table.name} has no column ${column.to}.`,
          meant ? `Did you mean ${meant}?` : 'Add it to the target, or take it out.',
        );
      } else if (found.generated)
        tell(place, `The target computes ${column.to} itself.`, 'Take the column out of the plan.');
      else if (found.type.sql !== column.type)
        tell(
          [...place.slice(0, -1), 'type'],
          `The target's ${column.to} is ${found.type.sql}, the plan says ${column.type}.`,
          `Set type: ${found.type.sql}.`,
        );
    });
    for (const column of table.columns) {
      if (
        column.nullable ||
        column.default !== null ||
        column.identity ||
        column.generated ||
        planned.has(column.name)
      )
        continue;
      tell(
        ['entities', i, 'columns'],
        `The target requires ${column.name}, which has no source.`,
        'Map a source column to it, or use the transform constant.',
      );
    }
  });
}
