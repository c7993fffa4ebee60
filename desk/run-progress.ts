/**
 * How far a run is, gathered from its events or from a status read now and then. The pace is measured over the last
 * ten seconds in which rows moved, and the time left comes from that pace. The first seconds of a move are slower than the
 * rest (tables are made, small ones come first), so until there is enough to go by the time left is unknown, not guessed.
 */

import type { EntityStatus, RunStatus } from '../engine/contract/run.ts';
import type { TowpathEvent } from '../engine/core/events.ts';

export interface EntityProgress {
  readonly entity: string;
  readonly rowsTotal: number;
  rowsDone: number;
  quarantined: number;
  state: 'copying' | 'finishing' | 'completed' | 'failed';
}

export interface RunProgress {
  readonly rowsDone: number;
  readonly rowsTotal: number;
  readonly rowsPerSecond: number;
  readonly remainingMilliseconds: number | null;
  readonly batches: number;
  readonly batchMilliseconds: number;
  readonly entitiesDone: number;
  readonly entitiesTotal: number;
  readonly active: readonly EntityProgress[];
}

export interface ProgressTracker {
  readonly runId: string | null;
  see(event: TowpathEvent): void;
  /** `forecast`: rows of entities that have not begun, by the plan. Without it they count as none until they begin. */
  seeStatus(status: RunStatus, at: Date, forecast?: ReadonlyMap<string, number>): void;
  entity(name: string): EntityProgress | null;
  current(): RunProgress;
}

const windowMilliseconds = 10_000;
/** Enough to go by: a fifth of the rows, or several batches over some seconds. */
const enoughShare = 0.2;
const enoughMoves = 3;
const enoughMilliseconds = 5000;

/** `isSettled`: the move is long past its first seconds, so two looks at it are enough. */
export function createProgressTracker({
  isSettled = false,
}: {
  readonly isSettled?: boolean;
} = {}): ProgressTracker {
  const entities = new Map<string, EntityProgress>();
  const marks: { at: number; rows: number }[] = [];
  let runId: string | null = null;
  let rowsTotal = 0;
  let entitiesTotal = 0;
  let batches = 0;
  let batchMilliseconds = 0;
  let movingSince: number | null = null;
  let moves = 0;

  const rowsDone = () => [...entities.values()].reduce((sum, entity) => sum + entity.rowsDone, 0);

  function mark(at: number): void {
    const last = marks.at(-1);
    const rows = rowsDone();
    const hasMoved = last !== undefined && rows > last.rows;
    if (hasMoved) movingSince ??= last.at;
    if (hasMoved) moves += 1;
    // what it waited for its first rows says nothing about the pace
    if (moves === 0) marks.length = 0;
    marks.push({ at, rows });
    while (marks.length > 2 && marks[1]!.at < at - windowMilliseconds) marks.shift();
  }

  function pace(): number {
    const first = marks[0];
    const last = marks.at(-1);
    if (first === undefined || last === undefined || last.at <= first.at) return 0;
    return (Math.max(0, last.rows - first.rows) / (last.at - first.at)) * 1000;
  }

  function isEnough(): boolean {
    if (isSettled || rowsDone() >= rowsTotal * enoughShare) return true;
    const seen = movingSince === null ? 0 : marks.at(-1)!.at - movingSince;
    return moves >= enoughMoves && seen >= enoughMilliseconds;
  }

  return {
    get runId() {
      return runId;
    },
    entity: (name) => entities.get(name) ?? null,
    see(event) {
      runId = event.runId;
      const at = Date.parse(event.at);
      switch (event.type) {
        case 'migration.started':
          rowsTotal = event.rowsTotal;
          entitiesTotal = event.entities.length;
          mark(at);
          break;
        case 'entity.started':
          entities.set(event.entity, {
            entity: event.entity,
            rowsTotal: event.rowsTotal,
            rowsDone: entities.get(event.entity)?.rowsDone ?? 0,
            quarantined: 0,
            state: 'copying',
          });
          mark(at);
          break;
        case 'batch.completed': {
          const entity = entities.get(event.entity);
          if (entity) {
            entity.rowsDone += event.rowsRead;
            entity.quarantined += event.rowsQuarantined;
          }
          batches += 1;
          batchMilliseconds += event.milliseconds;
          mark(at);
          break;
        }
        case 'entity.finishing':
          setState(event.entity, 'finishing');
          break;
        case 'entity.completed': {
          const entity = entities.get(event.entity);
          if (entity) {
            entity.rowsDone = event.rowsRead;
            entity.quarantined = event.rowsQuarantined;
          }
          setState(event.entity, 'completed');
          mark(at);
          break;
        }
        case 'entity.failed':
          setState(event.entity, 'failed');
          break;
      }
    },
    seeStatus(status, at, forecast) {
      runId = status.runId;
      rowsTotal = status.entities.reduce((sum, entity) => sum + rowsToMove(entity, forecast), 0);
      entitiesTotal = status.entities.length;
      batches = status.entities.reduce((sum, entity) => sum + entity.batches, 0);
      for (const entity of status.entities) {
        if (entity.state === 'pending' || entity.state === 'skipped' || entity.state === 'rolled-back')
          continue;
        entities.set(entity.entity, {
          entity: entity.entity,
          rowsTotal: entity.totalRecords,
          rowsDone: entity.rowsRead,
          quarantined: entity.quarantined,
          state: entity.state,
        });
      }
      mark(at.getTime());
    },
    current() {
      const done = rowsDone();
      const rowsPerSecond = pace();
      const all = [...entities.values()];
      return {
        rowsDone: done,
        rowsTotal: Math.max(rowsTotal, done),
        rowsPerSecond,
        remainingMilliseconds:
          rowsPerSecond > 0 && isEnough() ? (Math.max(0, rowsTotal - done) / rowsPerSecond) * 1000 : null,
        batches,
        batchMilliseconds,
        entitiesDone: all.filter((entity) => entity.state === 'completed').length,
        entitiesTotal: Math.max(entitiesTotal, all.length),
        active: all.filter((entity) => entity.state === 'copying' || entity.state === 'finishing'),
      };
    },
  };

  function setState(name: string, state: EntityProgress['state']): void {
    const entity = entities.get(name);
    if (entity) entity.state = state;
  }
}

/** Of the old table, without those that the plan leaves out: counted once it has begun, as the plan expects before. */
export function rowsToMove(
  { entity, state, totalRecords }: Pick<EntityStatus, 'entity' | 'state' | 'totalRecords'>,
  forecast: ReadonlyMap<string, number> | undefined,
): number {
  return state === 'pending' ? (forecast?.get(entity) ?? totalRecords) : totalRecords;
}
