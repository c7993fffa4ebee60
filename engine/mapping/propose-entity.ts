/** How a table that the plan leaves behind would move: as the suggestion would have it, pointing at what the plan holds. */
import { outlinePlan } from '../plan/outline.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { Catalog } from '../schema/catalog.ts';
import { tableKey } from '../schema/table-key.ts';
import { createRelationNames } from './suggest-constraints.ts';
import { suggestEntity } from './suggest-plan.ts';

/** Null where the source has no such table, or none whose rows could move. */
export function proposeEntity(
  catalog: Catalog,
  plan: PlanFile,
  wanted: { readonly schema: string; readonly table: string },
): PlanEntity | null {
  const moved = new Set(
    [...plan.entities.map(({ source }) => source), wanted].map(({ schema, table }) =>
      tableKey({ schema, name: table }),
    ),
  );
  const outline = outlinePlan({
    ...catalog,
    tables: catalog.tables.map((table) =>
      moved.has(tableKey(table)) ? { ...table, housekeeping: null } : table,
    ),
  });
  const found = outline.entities.find(
    ({ table }) => table.schema === wanted.schema && table.name === wanted.table,
  );
  if (!found) return null;
  const names = plan.entities.flatMap((entity) => [
    entity.target.table,
    ...[...entity.uniques, ...entity.indexes].map(({ name }) => name),
  ]);
  const context = {
    entity: found,
    catalog,
    profile: outline.profile,
    timeZone: plan.settings.timeZone,
    today: catalog.takenAt.slice(0, 10),
    ask: () => undefined,
  };
  const entity = suggestEntity(context, plan.target.schema, createRelationNames([...names, found.name]));
  return { ...entity, level: levelIn(plan, entity) };
}

/** Behind all that it points at. */
function levelIn(plan: PlanFile, entity: PlanEntity): number {
  const parents = new Set(
    entity.columns.flatMap((column) =>
      transformsOf(column).flatMap((step) =>
        step.kind === 'reference'
          ? [step.entity]
          : step.kind === 'polymorphic'
            ? Object.values(step.entities)
            : [],
      ),
    ),
  );
  const levels = plan.entities.filter(({ name }) => parents.has(name)).map(({ level }) => level);
  return 1 + Math.max(0, ...levels);
}
