/** What points to an entity's rows: foreign keys of the target, whoever made them, and references of the plan that have none yet. */
import type { Session } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { TableName } from '../schema/catalog.ts';
import { type Edge, pointingKeysSql } from './pointing.sql.ts';
import { columnsPresentSql } from './rollback.sql.ts';
import type { SurveyedEntity } from './survey.ts';

interface Key extends Omit<Edge, 'child'> {
  readonly schema: string;
  readonly table: string;
}

/** Foreign keys of the target. */
export async function keysTo(session: Session, table: TableName): Promise<Edge[]> {
  const keys = await session.query<Key>(pointingKeysSql, [quoteTable(table)]);
  return keys.map(({ name, schema, table: child, columns, parentColumns }) => ({
    name,
    child: { schema, name: child },
    columns,
    parentColumns,
  }));
}

/** Those, and references of the plan that have none there yet. */
export async function edgesTo(session: Session, plan: PlanFile, parent: SurveyedEntity): Promise<Edge[]> {
  const edges = await keysTo(session, parent.table!);
  const known = new Set(edges.map(nameOf));
  for (const edge of plannedEdges(plan, parent.entity)) {
    if (known.has(nameOf(edge))) continue;
    const [row] = await session.query<{ present: boolean }>(columnsPresentSql, [
      quoteTable(edge.child),
      ['id', ...edge.columns],
    ]);
    if (row!.present) edges.push(edge);
  }
  return edges;
}

/** References of the plan, named `entity.column`. */
export function plannedEdges(plan: PlanFile, parent: string): Edge[] {
  return plan.entities.flatMap(({ name, target, columns }) =>
    columns
      .filter((column) =>
        transformsOf(column).some(
          (transform) => transform.kind === 'reference' && transform.entity === parent,
        ),
      )
      .map(({ to }) => ({
        name: `${name}.${to}`,
        child: { schema: target.schema, name: target.table },
        columns: [to],
        parentColumns: ['id'],
      })),
  );
}

function nameOf({ child, columns }: Edge): string {
  return JSON.stringify([child.schema, child.name, columns]);
}
