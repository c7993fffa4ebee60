/** What takes something out or goes past a gate: only with an approval of its own. */
import type { z } from 'zod';
import type { RunStatus } from '../../contract/contract.ts';
import type { rollbackFacts } from '../../contract/facts.ts';
import type { Effect, RunFacts, Told } from '../../contract/journey.ts';
import { MigrationError } from '../../core/errors.ts';
import { countOf } from '../../report/words.ts';
import type { JourneyDependencies } from '../dependencies.ts';
import { resume, runInHand } from './move.ts';
import { withApproval } from './with-approval.ts';

type RolledBack = z.infer<typeof rollbackFacts>;

/** An undo that was approved and broke off goes on without a second approval. @throws NO_RUN, RUN_IN_PROGRESS */
export async function rollback(deps: JourneyDependencies, by: string): Promise<Effect<RolledBack>> {
  const { engine } = deps;
  const run = await runInHand(deps);
  if (run.alive) throw stillMoving(run);
  const undo = async (): Promise<Told<RolledBack>> => {
    const report = await engine.rollback({ runId: run.runId, entities: [], preview: false });
    const sum = (pick: (entity: (typeof report.entities)[number]) => number) =>
      report.entities.reduce((total, entity) => total + pick(entity), 0);
    const data = {
      runId: run.runId,
      removed: sum(({ rows }) => rows),
      kept: sum(({ kept }) => kept),
      tablesDropped: sum(({ tableDropped }) => (tableDropped ? 1 : 0)),
    };
    const kept =
      data.kept === 0
        ? ''
        : ` ${countOf(data.kept, 'record')} in the same tables stayed, because this move did not bring them.`;
    return {
      data,
      words: `Undone: ${countOf(data.removed, 'record')} ${data.removed === 1 ? 'was' : 'were'} taken out of the new system again.${kept} The old database was only read.`,
      choices: ['Start again', 'Stop here'],
    };
  };
  if (await isApproved(engine, run)) return { status: 'done', told: await undo() };
  return withApproval(engine, { wish: { action: 'rollback', runId: run.runId }, by }, undo);
}

/** Somebody may have begun to take out a part of it by command: that is no yes to the rest. */
async function isApproved(engine: JourneyDependencies['engine'], run: RunStatus): Promise<boolean> {
  if (run.state !== 'rolling-back') return false;
  const used = await engine.approvals({ states: ['used'] });
  return used.some(({ action, runId }) => action === 'rollback' && runId === run.runId);
}

/** Said before anybody is asked: an approval would be used up for nothing. */
function stillMoving({ runId, state }: RunStatus): MigrationError {
  return new MigrationError({
    code: 'RUN_IN_PROGRESS',
    message:
      state === 'rolling-back'
        ? 'The records of this move are being taken out already.'
        : 'Records are being moved just now, so nothing can be taken out yet.',
    hint:
      state === 'rolling-back' ? 'Ask where things stand in a moment.' : 'Pause or cancel the move first.',
    details: { runId },
  });
}

/** Goes past the closed gate without the rows that are set aside. */
export async function acceptSetAside(deps: JourneyDependencies, by: string): Promise<Effect<RunFacts>> {
  const run = await runInHand(deps);
  if (run.error?.code !== 'GATE_CLOSED') {
    throw new MigrationError({
      code: 'GATE_NOT_CLOSED',
      message: 'No check is waiting for a decision, so there is nothing to go past.',
      hint: 'Ask where things stand.',
    });
  }
  const wish = { action: 'accept-set-aside', runId: run.runId } as const;
  return withApproval(deps.engine, { wish, by }, () => resume(deps));
}

export async function cleanUp(
  { engine }: JourneyDependencies,
  olderThanDays: number,
  by: string,
): Promise<Effect<Record<string, number>>> {
  return withApproval(engine, { wish: { action: 'clean-up', olderThanDays }, by }, async () => {
    const { removed } = await engine.cleanup({ olderThanDays });
    const total = Object.values(removed).reduce((sum, count) => sum + count, 0);
    return {
      data: { ...removed },
      words: `${countOf(total, 'old entry', 'old entries')} of the migration’s own records were removed. No record of yours was touched.`,
      choices: [],
    };
  });
}
