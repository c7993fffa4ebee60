/**
 * What a plan with code needs before anything is made: something to run code in, and code that can be loaded. A plan
 * without code asks nobody for anything.
 */
import { type CodeRunners, isCodeFailure } from '../contract/code.ts';
import { type CodeDesk, createCodeDesk } from '../copy/code/code-desk.ts';
import { cannotRun, sandboxMissing } from '../copy/code/code-errors.ts';
import { codeName, codeOf, hasCode, notRead } from '../plan/code-units.ts';
import type { PlanFile } from '../plan/plan-file.ts';

/** @throws MigrationError SANDBOX_MISSING, CODE_NOT_READ or CODE_NOT_LOADED */
export async function refuseWithoutSandbox(
  runners: CodeRunners | null,
  plan: Pick<PlanFile, 'entities'>,
): Promise<void> {
  const entities = plan.entities.filter((entity) => codeOf(entity).length > 0);
  const [first] = entities;
  if (!first) return;
  if (runners === null) throw sandboxMissing(entities.map(({ name }) => name));
  for (const entity of entities) {
    const missing = codeOf(entity).find(({ source }) => source === null);
    if (missing) throw notRead(entity.name, missing);
  }
  const [code] = codeOf(first);
  const { source, reads, writes } = code!;
  try {
    const runner = await runners.open({ source: source!, reads, writes });
    await runner.close();
  } catch (error) {
    if (!isCodeFailure(error)) throw error;
    throw cannotRun({ entity: first.name, name: codeName(code!) }, error);
  }
}

/** Null for a plan without code. */
export function openDesk(runners: CodeRunners | null, plan: Pick<PlanFile, 'entities'>): CodeDesk | null {
  return runners !== null && hasCode(plan) ? createCodeDesk(runners) : null;
}
