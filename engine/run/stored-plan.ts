/** A plan that somebody approved, rehearsed or ran, as it is kept beside the records that it moved. */
import type { Control } from '../control/control.ts';
import { MigrationError } from '../core/errors.ts';
import { type PlanFile, planFile } from '../plan/plan-file.ts';

const WHOLE = 64;

/** `said`: its hash, or the beginning of it. @throws MigrationError UNKNOWN_PLAN */
export async function storedPlan(control: Control, said: string): Promise<PlanFile> {
  const hash = said.trim().toLowerCase();
  if ((await control.state()) === 'absent') throw unknownPlan(said);
  const hashes = hash.length === WHOLE ? [hash] : await hashesBeginning(control, hash);
  const [found] = hashes;
  const kept = found === undefined || hashes.length > 1 ? null : await control.artifacts.find(found);
  const plan = kept === null ? null : (planFile.safeParse(kept?.content).data ?? null);
  if (plan === null) throw unknownPlan(said);
  return plan;
}

async function hashesBeginning(control: Control, start: string): Promise<string[]> {
  const [runs, cards] = [await control.runs.list(), await control.approvals.cards()];
  const all = [...runs, ...cards].map(({ planHash }) => planHash);
  return [...new Set(all)].filter((hash) => hash.startsWith(start));
}

function unknownPlan(said: string): MigrationError {
  return new MigrationError({
    code: 'UNKNOWN_PLAN',
    message: `No plan with the hash ${said.slice(0, 70)} is kept in the new system.`,
    hint: 'Name a plan file, or the hash of a plan that was approved or run, as “towpath list” and “towpath approve --list” show it.',
  });
}
