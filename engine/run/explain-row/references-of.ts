/** The other rows that a row points to, with the ids they have in the target, or where they are instead. */
import type { ExplainedReference } from '../../contract/explain.ts';
import type { Control } from '../../control/control.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { FoundParents, parentsThatListen } from './asked-parents.ts';
import type { MappedColumn } from './map-row.ts';

interface ReferencesInput {
  readonly control: Control;
  readonly plan: PlanFile;
  /** The row as it would be if all it points to were there. */
  readonly trusting: readonly MappedColumn[];
  readonly listening: ReturnType<typeof parentsThatListen>;
  readonly parents: FoundParents;
}

const LINKS = new Set(['reference', 'polymorphic']);

export async function referencesOf(input: ReferencesInput): Promise<ExplainedReference[]> {
  const asked = new Map<string, { readonly entity: string; readonly legacyId: string }>();
  for (const [entity, keys] of input.listening)
    for (const legacyId of keys.asked) asked.set(keys.idOf(legacyId), { entity, legacyId });
  const links = input.trusting.filter(({ column }) => LINKS.has(transformsOf(column)[0]!.kind));
  const found: ExplainedReference[] = [];
  for (const { column, value } of links) {
    const other = value === null ? undefined : asked.get(value);
    if (other === undefined) continue;
    const newId = input.parents.get(other.entity)?.get(other.legacyId) ?? null;
    const fate = newId !== null ? 'moved' : (await isHeld(input, other)) ? 'set-aside' : 'missing';
    found.push({ column: column.to, ...other, newId, fate });
  }
  return found;
}

async function isHeld(
  { control, plan }: ReferencesInput,
  { entity, legacyId }: { readonly entity: string; readonly legacyId: string },
): Promise<boolean> {
  const trace = await control.rows.trace({ migration: plan.migration, entity, id: legacyId });
  return trace.held !== null;
}
