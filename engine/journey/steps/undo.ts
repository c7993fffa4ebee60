/** What takes something out or goes past a gate: only with an approval of its own. */
import type { z } from 'zod';
import type { rollbackFacts } from '../../contract/facts.ts';
import type { Effect, Told, UndoPart } from '../../contract/journey.ts';
import type { RunFacts } from '../../contract/journey-state.ts';
import type { RunStatus } from '../../contract/run.ts';
import type { RollbackReport, UndoneEntity, UndoScope } from '../../contract/undo.ts';
import { MigrationError } from '../../core/errors.ts';
import { countOf, joinWords } from '../../report/words.ts';
import { coversWholeRun } from '../../rollback/undo-scope.ts';
import type { JourneyDependencies } from '../dependencies.ts';
import { findEntity } from '../facts/find-entity.ts';
import { lowerWords, shownName } from '../facts/told-names.ts';
import { anyPlan } from '../plan-in-hand.ts';
import { resume, runInHand } from './move.ts';
import { withApproval } from './with-approval.ts';

type RolledBack = z.infer<typeof rollbackFacts>;

const WHOLE: UndoPart = { entities: [], level: null };

/**
 * An undo of the whole run that somebody asked for and that broke off goes on without a second approval; one of a part, or one
 * that an edited plan needed, is no yes to the rest. @throws NO_RUN, RUN_IN_PROGRESS
 */
export async function rollback(
  deps: JourneyDependencies,
  by: string,
  { forceChanged = false, part = WHOLE }: { readonly forceChanged?: boolean; readonly part?: UndoPart } = {},
): Promise<Effect<RolledBack>> {
  const { engine } = deps;
  const run = await runInHand(deps);
  if (run.alive) throw stillMoving(run);
  const { runId, undoing } = run;
  const { entities, level } = namedPart(deps, run, part);
  const undo = async (yesOf: string | null): Promise<Told<RolledBack>> => {
    const request = {
      runId,
      entities,
      preview: false,
      forceChanged,
      ...(level === null ? {} : { level }),
      ...(yesOf === null ? {} : { by: yesOf }),
    };
    const report = await engine.rollback(request);
    const data = factsOf(report);
    return {
      data,
      words: `Undone: ${countOf(data.removed, 'record')} ${data.removed === 1 ? 'was' : 'were'} taken out of the new system again.${stayWords(data)} The old database was only read.`,
      choices: ['Start again', 'Stop here'],
    };
  };
  const isWhole = entities.length === 0 && level === null;
  const asked = isWhole
    ? coversWholeRun(undoing, forceChanged)
    : isThisPart(undoing, { entities, level }, forceChanged);
  if (undoing && asked) return { status: 'done', told: await undo(undoing.by) };
  const wish = { action: 'rollback', runId, forceChanged, entities, level } as const;
  return withApproval(engine, { wish, by }, (card) => undo(card.decidedBy ?? by));
}

/** @throws NO_RUN */
export async function previewRollback(
  deps: JourneyDependencies,
  part: UndoPart = WHOLE,
): Promise<Told<RolledBack>> {
  const run = await runInHand(deps);
  const { entities, level } = namedPart(deps, run, part);
  const asked = { runId: run.runId, entities, preview: true, ...(level === null ? {} : { level }) };
  const report = await deps.engine.rollback(asked);
  const data = factsOf(report);
  const tables =
    data.tablesDropped === 0
      ? ''
      : ` ${countOf(data.tablesDropped, 'table')} that the move made would go with them.`;
  return {
    data,
    words: [
      `Undoing ${wordsOfPart({ entities, level })} would take ${countOf(data.removed, 'record')} out of the new system again.${tables}${stayWords(data)}`,
      ...report.notVerified,
      'Nothing has been changed.',
    ].join(' '),
    choices: [],
  };
}

/** Names as the run has them. @throws UNKNOWN_ENTITY or AMBIGUOUS_NAME */
function namedPart(deps: JourneyDependencies, run: RunStatus, { entities, level }: UndoPart): UndoPart {
  const isOfRun = (name: string) => run.entities.some(({ entity }) => entity === name);
  const names = entities.map((name) => (isOfRun(name) ? name : findEntity(anyPlan(deps).plan, name).name));
  return { entities: [...new Set(names)], level };
}

/** The same that broke off. */
function isThisPart(
  scope: UndoScope | undefined,
  { entities, level }: UndoPart,
  forceChanged: boolean,
): boolean {
  const sorted = (names: readonly string[]) => JSON.stringify([...names].sort());
  return (
    scope?.forPlan === null &&
    scope.level === level &&
    sorted(scope.entities) === sorted(entities) &&
    (scope.forceChanged || !forceChanged)
  );
}

function wordsOfPart({ entities, level }: UndoPart): string {
  if (entities.length === 0) return level === null ? 'the move' : `level ${level} and the later ones`;
  const names = joinWords(entities.map((name) => lowerWords(shownName(name))));
  return level === null ? names : `${names} from level ${level} on`;
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
