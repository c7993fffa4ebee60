/**
 * The second pass behind a level: references that were written on trust and whose parents are now all there. Child by child,
 * so that one whose rows cannot be settled is held alone; what is held already waits with its references as they are.
 */
import { referencesOf } from '../copy/references.ts';
import { settleReferences } from '../copy/settle.ts';
import { leaveStranded } from '../copy/stranded-duplicates.ts';
import { completeEntity } from './complete-entity.ts';
import { leaveDangling } from './dangling-rows.ts';
import type { RunContext } from './run-context.ts';
import { workingOn } from './steadily.ts';

export async function settleLevel(context: RunContext, ofLevel: readonly string[]): Promise<void> {
  const { prepared, plan, control, held } = context;
  for (const name of ofLevel) prepared.complete(name);
  const references = referencesOf(prepared.loads.values(), plan);
  const isNew = new Set(ofLevel);
  const due = references.filter(
    ({ child, parents }) =>
      parents.every((parent) => prepared.isComplete(parent)) &&
      [child.compiled.plan.name, ...parents].some((name) => isNew.has(name)),
  );
  const withdrawal = {
    control,
    source: context.source,
    target: context.session,
    references,
    touched: new Set<string>(),
    failpoints: context.failpoints,
  };
  for (const name of ofLevel) {
    if (held.has(name)) continue;
    await workingOn(context, name, 'settle', () => leaveStranded(prepared.loads.get(name)!, withdrawal));
  }
  for (const [child, ofChild] of Map.groupBy(due, (reference) => reference.child)) {
    const { name } = child.compiled.plan;
    if (!held.has(name))
      await workingOn(context, name, 'settle', () => settleReferences(ofChild, withdrawal));
  }
  for (const name of ofLevel) {
    if (held.has(name)) continue;
    await workingOn(context, name, 'settle', () =>
      leaveDangling(prepared.loads.get(name)!, references, withdrawal),
    );
  }
  // entities of earlier levels have been counted already, and now have other counts
  for (const name of withdrawal.touched) {
    if (isNew.has(name) || held.has(name)) continue;
    await workingOn(context, name, 'complete', () => completeEntity(context, prepared.loads.get(name)!));
  }
}
