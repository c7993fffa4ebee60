/** What takes something out or goes past a gate: only with an approval of its own. */
import type { z } from 'zod';
import type { rollbackFacts } from '../../contract/facts.ts';
import type { Effect, RunFacts, Told } from '../../contract/journey.ts';
import type { RunStatus } from '../../contract/run.ts';
import type { RollbackReport, UndoneEntity } from '../../contract/undo.ts';
import { MigrationError } from '../../core/errors.ts';
import { countOf } from '../../report/words.ts';
import { coversWholeRun } from '../../rollback/undo-scope.ts';
import type { JourneyDependencies } from '../dependencies.ts';
import { resume, runInHand } from './move.ts';
import { withApproval } from './with-approval.ts';

type RolledBack = z.infer<typeof rollbackFacts>;

/**
 * An undo of the whole run that somebody asked for and that broke off goes on without a second approval; one of a part, or one
 * that an edited plan needed, is no yes to the rest. @throws NO_RUN, RUN_IN_PROGRESS
 */
export async function rollback(
  deps: JourneyDependencies,
  by: string,
  { forceChanged = false }: { readonly forceChanged?: boolean } = {},
): Promise<Effect<RolledBack>> {
  const { engine } = deps;
  const run = await runInHand(deps);
  if (run.alive) throw stillMoving(run);
  const { runId, undoing } = run;
  const undo = async (yesOf: string | null): Promise<Told<RolledBack>> => {
    const asked = {
      runId,
      entities: [],
      preview: false,
      forceChanged,
      ...(yesOf === null ? {} : { by: yesOf }),
    };
    const report = await engine.rollback(asked);
    const data = factsOf(report);
    return {
      data,
      words: `Undone: ${countOf(data.removed, 'record')} ${data.removed === 1 ? 'was' : 'were'} taken out of the new system again.${stayWords(data)} The old database was only read.`,
      choices: ['Start again', 'Stop here'],
    };
  };
  if (undoing && coversWholeRun(undoing, forceChanged))
    return { status: 'done', told: await undo(undoing.by) };
  return withApproval(engine, { wish: { action: 'rollback', runId, forceChanged }, by }, (card) =>
    undo(card.decidedBy ?? by),
  );
}

/** @throws NO_RUN */
export async function previewRollback(deps: JourneyDependencies): Promise<Told<RolledBack>> {
  const { runId } = await runInHand(deps);
  const report = await deps.engine.rollback({ runId, entities: [], preview: true });
  const data = factsOf(report);
  const tables =
    data.tablesDropped === 0
      ? ''
      : ` ${countOf(data.tablesDropped, 'table')} that the move made would go with them.`;
  return {
    data,
    words: [
      `Undoing the move would take ${countOf(data.removed, 'record')} out of the new system again.${tables}${stayWords(data)}`,
      ...report.notVerified,
      'Nothing has been changed.',
    ].join(' '),
    choices: [],
  };
}

function factsOf({ runId, entities }: RollbackReport): RolledBack {
  const sum = (pick: (entity: UndoneEntity) => number) =>
    entities.reduce((total, entity) => total + pick(entity), 0);
  return {
    runId,
    removed: sum(({ rows }) => rows),
    restored: sum(({ restored = 0 }) => restored),
    kept: sum(({ kept }) => kept),
    tablesDropped: sum(({ tableDropped }) => (tableDropped ? 1 : 0)),
    leftChanged: sum(({ left }) => left.changed),
    leftNeeded: sum(({ left }) => left.pointedAt),
    forced: sum(({ forced }) => forced),
    goneBefore: sum(({ goneBefore }) => goneBefore),
  };
}

function stayWords({ restored, kept, leftChanged, leftNeeded, forced }: RolledBack): string {
  const words = [
    [restored, 'that were there before get back what the move had changed in them.'],
    [kept, 'in the same tables stay, because this move did not bring them.'],
    [leftChanged, 'of the move stay, because somebody has changed them since.'],
    [leftNeeded, 'of the move stay, because other records need them.'],
    [forced, 'among them had been changed by somebody; those changes go too.'],
  ] as const;
  return words
    .filter(([count]) => count > 0)
    .map(([count, what]) => ` ${countOf(count, 'record')} ${what}`)
    .join('');
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
