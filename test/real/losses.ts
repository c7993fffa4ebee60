/** What a plan leaves behind and no question of it is about. There must be nothing: what is lost is lost with a person's word. */
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import type { Catalog, Table } from '../../engine/schema/catalog.ts';

export function lossesWithoutQuestion(catalog: Catalog, plan: PlanFile): string[] {
  const changes = plan.questions.flatMap(({ choices }) => choices.flatMap((choice) => choice.changes));
  const asked = (fits: (change: (typeof changes)[number]) => boolean) => changes.some(fits);
  const columns = plan.entities.flatMap(({ name, leftOut }) =>
    leftOut
      .filter(
        ({ column }) => !asked((c) => c.kind === 'put-source' && c.entity === name && c.source === column),
      )
      .map(({ column }) => `${name}.${column}`),
  );
  const tables = plan.excluded
    .filter(({ schema, table }) =>
      holdsRows(catalog.tables.find((t) => t.schema === schema && t.name === table)),
    )
    .filter(
      ({ schema, table }) =>
        !asked((c) => c.kind === 'take-in-table' && c.schema === schema && c.table === table),
    )
    .map(({ schema, table }) => `${schema}.${table}`);
  return [...columns, ...tables];
}

/** Views hold none of their own, partitions hold their table's. */
function holdsRows(table: Table | undefined): boolean {
  if (!table || !['table', 'partitioned'].includes(table.kind) || table.columns.length === 0) return false;
  return (table.exactRows ?? table.estimatedRows) !== 0;
}
