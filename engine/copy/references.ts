/** Which columns point to which tables of the target. */
import type { PlanColumn, PlanEntity, PlanFile, Transform } from '../plan/plan-file.ts';
import type { TableName } from '../schema/catalog.ts';
import type { EntityLoad } from './entity-load.ts';
import { entityOf } from './prepare.ts';

export interface Reference {
  readonly child: EntityLoad;
  readonly column: PlanColumn;
  /** Entities it may point to: one, or several for a generic relation. */
  readonly parents: readonly string[];
  readonly tables: readonly TableName[];
}

/** All references of the given entities. */
export function referencesOf(loads: Iterable<EntityLoad>, plan: PlanFile): Reference[] {
  return [...loads].flatMap((child) =>
    child.compiled.plan.columns.flatMap((column) => {
      const parents = parentsOf(column);
      if (parents.length === 0) return [];
      return [{ child, column, parents, tables: parents.map((name) => tableOf(entityOf(plan, name))) }];
    }),
  );
}

function parentsOf(column: PlanColumn): string[] {
  const list: readonly Transform[] = Array.isArray(column.transform) ? column.transform : [column.transform];
  return list.flatMap((transform) => {
    if (transform.kind === 'reference') return [transform.entity];
    return transform.kind === 'polymorphic' ? Object.values(transform.entities) : [];
  });
}

function tableOf({ target }: PlanEntity): TableName {
  return { schema: target.schema, name: target.table };
}
