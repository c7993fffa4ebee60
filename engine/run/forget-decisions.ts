/**
 * Which rows are the same record as another, and which are in the target already, is decided once and holds for the plan that it
 * was decided by. Whatever is about to be moved from its first row on, by a new run or by an edited plan, asks again.
 */
import type { Session } from '../db/database.ts';
import type { RunDependencies } from './run-dependencies.ts';

interface Named {
  readonly migration: string;
  readonly names: readonly string[];
}

/** None of them may have rows of a run in the target. Together with `also`, in one transaction. */
export async function forgetDecisions(
  { control, target }: Pick<RunDependencies, 'control' | 'target'>,
  { migration, names }: Named,
  also: (session: Session) => Promise<void> = async () => {},
): Promise<void> {
  const known = await control.mappings.entities(migration);
  const decided = known.filter(({ entity }) => names.includes(entity));
  await target.transaction(async (session) => {
    for (const { entityNo } of decided) await control.kept.forget(session, entityNo);
    await also(session);
  });
}
