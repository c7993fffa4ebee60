/** What the engine offers about rows that were set aside. */
import type { Engine } from '../../contract/contract.ts';
import type { Run } from '../../control/run-store.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import type { RunDependencies } from '../run-dependencies.ts';
import { allOrNoneRetried, tellingState } from '../telling-state.ts';
import { readCards } from './cards.ts';
import { exportHeld } from './export-held.ts';
import { retryRows } from './retry-rows.ts';
import { revealHeld } from './reveal-held.ts';
import { tryRows } from './try-rows.ts';

export interface QuarantineDependencies {
  readonly run: RunDependencies;
  /** The newest where none is named. */
  findRun(runId: string | undefined): Promise<Run>;
  planOf(run: Run): Promise<PlanFile>;
}

export function createQuarantine({
  run,
  findRun,
  planOf,
}: QuarantineDependencies): Pick<Engine, 'causeCards' | 'revealHeld' | 'tryFix' | 'retry' | 'exportHeld'> {
  const { control } = run;
  /** An older control schema keeps neither constraint nor form; reading does not change it. */
  const open = async (runId: string | undefined) => {
    const found = await findRun(runId);
    if ((await control.state()) === 'older') await control.ensure();
    return found;
  };
  return {
    async causeCards({ runId, entity }) {
      const found = await open(runId);
      return readCards(control, { runId: found.runId, plan: await planOf(found), entity });
    },
    async revealHeld(of) {
      const found = await open(of.runId);
      return revealHeld(control, { runId: found.runId, plan: await planOf(found) }, of);
    },
    tryFix: async (options) => tryRows(run, await open(options.runId), options),
    async retry(options) {
      const found = await open(options.runId);
      return tellingState(allOrNoneRetried(found.runId), () => retryRows(run, found, options));
    },
    async *exportHeld({ runId, cards = [], entity, all = false }) {
      const found = await open(runId);
      const plan = await planOf(found);
      yield* exportHeld(run, { runId: found.runId, plan, cards, entity, all });
    },
  };
}
