/** Two looks at a migration, told as what happened between them. Nothing happened that cannot be seen in the later one. */
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import type { EntityProgress, LevelFigures, RunView } from '../shapes/runs.ts';
import type { NewLiveEvent } from './feed.ts';
import type { Look } from './look.ts';

type Run = RunView['data'];

export function eventsBetween(before: Look, now: Look): NewLiveEvent[] {
  return [
    ...ofApprovals(before.approvals, now.approvals),
    ...ofRun(before.run?.view ?? null, now.run?.view ?? null),
    ...ofGuide(before, now),
    ...ofState(before, now),
  ];
}

/** Newest first, as they come; told in the order in which they were asked for. */
function ofApprovals(before: readonly ApprovalCard[], now: readonly ApprovalCard[]): NewLiveEvent[] {
  const known = new Map(before.map(({ id, state }) => [id, state]));
  return now.toReversed().flatMap((card) => {
    const { id, action, title, state, requestedBy, decidedBy } = card;
    const was = known.get(id);
    if (was === state) return [];
    const told = (type: `approval.${typeof state}`, by: string) =>
      ({ type, approvalId: id, action, title, by }) as const;
    const given = state === 'used' && was !== 'granted'; // between two looks
    return [
      ...(was === undefined ? [told('approval.requested', requestedBy)] : []),
      ...(given ? [told('approval.granted', decidedBy ?? requestedBy)] : []),
      ...(state === 'requested' ? [] : [told(`approval.${state}`, decidedBy ?? requestedBy)]),
    ];
  });
}

function ofRun(before: Run | null, now: Run | null): NewLiveEvent[] {
  if (now === null) return [];
  const same = before?.runId === now.runId ? before : null;
  return [...ofBeginning(same, now), ...ofEntities(same, now), ...ofLevels(same, now), ...ofEnd(same, now)];
}

function ofBeginning(before: Run | null, now: Run): NewLiveEvent[] {
  const run = factsOf(now);
  if (before === null) return [{ type: 'migration.started', run }];
  return now.alive && !before.alive ? [{ type: 'migration.resumed', run }] : [];
}

const typeOfState = {
  pending: null,
  copying: 'entity.started',
  finishing: 'entity.finishing',
  completed: 'entity.completed',
  skipped: 'entity.skipped',
  failed: 'entity.failed',
  'rolled-back': 'entity.rolled-back',
} as const;

function ofEntities(before: Run | null, now: Run): NewLiveEvent[] {
  const known = new Map(before?.entities.map((entity) => [entity.entity, entity]));
  const { runId } = now;
  return now.entities.flatMap((entity): NewLiveEvent[] => {
    const was = known.get(entity.entity);
    if (was !== undefined && was.state === entity.state)
      return figuresDiffer(was, entity) ? [{ type: 'entity.progress', runId, entity }] : [];
    const type = typeOfState[entity.state];
    return type === null ? [] : [{ type, runId, entity }];
  });
}

function figuresDiffer(a: EntityProgress, b: EntityProgress): boolean {
  return a.rowsDone !== b.rowsDone || a.setAside !== b.setAside || a.rowsTotal !== b.rowsTotal;
}

function ofLevels(before: Run | null, now: Run): NewLiveEvent[] {
  const run = factsOf(now);
  return [
    ...(now.level > (before?.level ?? 0) ? [{ type: 'migration.level', run } as const] : []),
    ...(figuresOf(before) === figuresOf(now)
      ? []
      : [{ type: 'migration.progress', run, progress: now.progress, levels: levelsOf(now) } as const]),
  ];
}

/** All but the moment of the look. */
function figuresOf(run: Run | null): string {
  if (run === null) return '';
  const { at: _at, ...figures } = run.progress;
  return JSON.stringify([run.setAside, run.state, run.alive, figures, levelsOf(run)]);
}

/** Which entities a level holds does not change while it is moved. */
function levelsOf({ byLevel }: Run): LevelFigures[] {
  return byLevel.map(({ entities: _same, ...figures }) => figures);
}

const endOfState: Readonly<Record<string, NewLiveEvent['type'] & `migration.${string}`>> = {
  paused: 'migration.paused',
  completed: 'migration.completed',
  failed: 'migration.failed',
  cancelled: 'migration.cancelled',
  'rolled-back': 'migration.rolled-back',
};

/** A run that stands still: at its end, by somebody's will, or because its process is gone. */
function ofEnd(before: Run | null, now: Run): NewLiveEvent[] {
  if (now.alive || restOf(before) === restOf(now)) return [];
  const type = endOfState[now.state] ?? (now.error === null ? null : 'migration.interrupted');
  return type === null ? [] : [{ type, run: factsOf(now) } as NewLiveEvent];
}

function restOf(run: Run | null): string | null {
  return run === null || run.alive ? null : `${run.state} ${run.error?.code ?? ''}`;
}

function factsOf(run: Run) {
  const { runId, state, alive, level, levels, totalRecords, written, repaired, setAside, gateClosed } = run;
  const { duplicates, error } = run;
  return {
    ...{ runId, state, alive, level, levels, totalRecords, written },
    ...(duplicates === undefined ? {} : { duplicates }),
    ...{ repaired, setAside, gateClosed, error },
  };
}

function ofGuide({ guide: before }: Look, { guide: now }: Look): NewLiveEvent[] {
  const { state, cardId, outcome } = now;
  const isSame = before.state === state && before.cardId === cardId && before.outcome === outcome;
  return isSame && before.guideId === now.guideId ? [] : [{ type: 'guide.changed', state, cardId, outcome }];
}

/** Figures of a run change with every look and are told on their own. */
function ofState({ journey: before }: Look, { journey: now }: Look): NewLiveEvent[] {
  const { step, plan } = now;
  if (stateOf(before) === stateOf(now)) return [];
  return [{ type: 'state.changed', step, planHash: plan?.hash ?? null }];
}

function stateOf({ run, inTarget: _words, undo: _undo, approvals: _told, ...rest }: Look['journey']): string {
  return JSON.stringify([rest, run?.runId, run?.state, run?.alive, run?.gateClosed]);
}
