/** A run as the page draws it, from one look at it. Nothing counts as checked before its level has passed the gate. */
import { rowsToMove } from '../../desk/run-progress.ts';
import { secondsLeft } from '../../desk/time-left.ts';
import type { EntityStatus, RunStatus } from '../../engine/contract/run.ts';
import { runFactsOf, tellRun } from '../../engine/journey/run-facts.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { entityWords } from '../../engine/report/words.ts';
import type { RunLook } from '../migrations/run-watch.ts';
import type { EntityProgress, LevelProgress, RunProgress, RunSummary, RunView } from '../shapes/runs.ts';
import { errorOnPage, runOnPage } from './next-on-page.ts';
import { thinned } from './throughput.ts';

export function summaryOf(run: RunStatus): RunSummary {
  const { migration, planHash, startedAt, updatedAt, finishedAt } = run;
  return { ...runOnPage(tellRun(run)).data, migration, planHash, startedAt, updatedAt, finishedAt };
}

export function runViewOf(look: RunLook): RunView {
  const { status, forecast, plan, throughput } = look;
  const { words, choices } = runOnPage(tellRun(status));
  const entities = status.entities.map((entity) => entityProgress(entity, { forecast, plan }));
  const byLevel = levelsOf(status, entities);
  const data = {
    ...summaryOf(status),
    progress: progressOf(look, byLevel, entities),
    byLevel,
    entities,
    throughput: thinned(throughput),
    gateLimit: plan?.settings.maxFailureRate ?? null,
  };
  return { words, choices, data };
}

function progressOf(
  { at, status, progress, throughput }: RunLook,
  byLevel: readonly LevelProgress[],
  entities: readonly EntityProgress[],
): RunProgress {
  const { rowsPerSecond: pace, batches, remainingMilliseconds: left } = progress;
  const sum = (of: readonly { readonly rowsDone: number }[]) =>
    of.reduce((total, { rowsDone }) => total + rowsDone, 0);
  const isMoving = status.alive && pace > 0;
  return {
    rowsTotal: Math.max(
      entities.reduce((total, { rowsTotal }) => total + rowsTotal, 0),
      sum(entities),
    ),
    rowsDone: sum(entities),
    rowsChecked: sum(byLevel.filter(({ state }) => state === 'passed')),
    rowsPerSecond: isMoving ? Math.round(pace) : null,
    averageRowsPerSecond: averageOf(throughput),
    secondsLeft: isMoving && left !== null ? secondsLeft(left) : null,
    batches,
    at,
  };
}

/** Over the time in which batches ended; pauses count. */
function averageOf(throughput: RunLook['throughput']): number | null {
  const [first, last] = [throughput[0], throughput.at(-1)];
  if (first === undefined || last === undefined) return null;
  const rows = throughput.reduce((sum, { rowsPerSecond }) => sum + rowsPerSecond, 0);
  const seconds = (Date.parse(last.at) - Date.parse(first.at)) / 1000 + 1;
  return Math.round(rows / seconds);
}

function entityProgress(
  entity: EntityStatus,
  { forecast, plan }: Pick<RunLook, 'forecast' | 'plan'>,
): EntityProgress {
  const { entity: name, level, state, rowsRead, written, repaired, startedAt, finishedAt, error } = entity;
  return {
    entity: name,
    title: entityWords(name),
    level,
    state,
    rowsTotal: Math.max(rowsToMove(entity, forecast), rowsRead),
    rowsDone: rowsRead,
    written,
    repaired,
    setAside: entity.quarantined,
    leftOut: entity.excluded,
    duplicates: entity.duplicates ?? 0,
    limit: limitOf(plan, name),
    startedAt,
    finishedAt,
    error: errorOnPage(error),
  };
}

/** As the gate reads the plan; what a command allowed beyond it is not kept. */
function limitOf(plan: PlanFile | null, name: string): number | null {
  const planned = plan?.entities.find((entity) => entity.name === name);
  if (plan === null || planned === undefined) return null;
  return planned.maxFailureRate ?? (planned.financial ? 0 : plan.settings.maxFailureRate);
}

function levelsOf(run: RunStatus, entities: readonly EntityProgress[]): LevelProgress[] {
  const passed = runFactsOf(run).level;
  const byLevel = [...Map.groupBy(entities, ({ level }) => level)].sort(([a], [b]) => a - b);
  return byLevel.map(([level, of], index) => {
    const sum = (pick: (entity: EntityProgress) => number) =>
      of.reduce((total, entity) => total + pick(entity), 0);
    return {
      level,
      state: index < passed ? 'passed' : levelState(run, of),
      entities: of.map(({ entity }) => entity),
      rowsTotal: sum(({ rowsTotal }) => rowsTotal),
      rowsDone: sum(({ rowsDone }) => rowsDone),
      setAside: sum(({ setAside }) => setAside),
    };
  });
}

/** Of a level whose gate is not passed. */
function levelState({ alive }: RunStatus, of: readonly EntityProgress[]): LevelProgress['state'] {
  const isAhead = ({ state }: EntityProgress) => state === 'pending' || state === 'rolled-back';
  if (of.every(isAhead)) return 'to-do';
  if (!alive || of.some(({ state }) => state === 'failed')) return 'stopped';
  const isIn = ({ state }: EntityProgress) => state === 'completed' || state === 'skipped';
  return of.every(isIn) ? 'checking' : 'copying';
}
