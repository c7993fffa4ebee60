/** Undoing an entity would leave the entities that point to it with references to nothing: these must go too. */
import type { Control } from '../control/control.ts';
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { childNames } from './entity-order.ts';
import { hasPairsSql } from './rollback.sql.ts';

/** Throws DEPENDENCY_NOT_MET, naming the entities that are still in the target and point to a chosen one. */
export async function refuseWhileNeeded(
  plan: PlanFile,
  chosen: readonly string[],
  { control, target }: { readonly control: Control; readonly target: Database },
): Promise<void> {
  const inTarget = new Set<string>();
  for (const { entityNo, entity } of await control.mappings.entities(plan.migration)) {
    const [row] = await target.query<{ present: boolean }>(
      hasPairsSql(control.mappings.copyTarget(entityNo)),
    );
    if (row?.present) inTarget.add(entity);
  }
  const needing = chosen.filter((entity) => childNames(plan, entity).some((child) => isLeft(child)));
  if (needing.length > 0) throw dependencyNotMet(needing, descendants(plan, needing, isLeft));

  function isLeft(child: string): boolean {
    return !chosen.includes(child) && inTarget.has(child);
  }
}

/** With all that must go in turn, so that the next attempt is not refused as well. */
function descendants(plan: PlanFile, of: readonly string[], isLeft: (name: string) => boolean): string[] {
  const found = new Set<string>();
  const queue = [...of];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const child of childNames(plan, name)) {
      if (found.has(child) || !isLeft(child)) continue;
      found.add(child);
      queue.push(child);
    }
  }
  return [...found].sort();
}

function dependencyNotMet(entities: readonly string[], children: readonly string[]): MigrationError {
  const parents = [...entities].sort();
  return new MigrationError({
    code: 'DEPENDENCY_NOT_MET',
    message: `${parents.join(', ')} cannot be rolled back: rows of ${children.join(', ')} in the target still point there.`,
    hint: `Roll these back too: --entities ${[...parents, ...children].join(',')}. Without --entities the whole run is rolled back.`,
    details: { entities: parents, missingDependencies: children, currentState: 'completed' },
  });
}

/** The target refused to delete rows because others, which Towpath did not write, point to them. */
export function stillReferenced(entity: string, error: unknown): MigrationError {
  const { table, constraint } = error as { table?: string; constraint?: string };
  return new MigrationError({
    code: 'DEPENDENCY_NOT_MET',
    message: `Rows of ${entity} cannot be deleted: rows of ${table ?? 'another table'} that this run did not write point to them${constraint ? ` (${constraint})` : ''}.`,
    hint: 'They came while the rollback was under way. Run the same rollback again: it goes on where it stopped, and leaves what others need.',
    details: { entity, missingDependencies: table ? [table] : [], currentState: 'rolling-back' },
    cause: error,
  });
}
