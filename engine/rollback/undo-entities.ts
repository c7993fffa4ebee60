/**
 * The work of a rollback, entity after entity: rows that were there before get back what they were; what stays is decided and
 * written down; then tables are dropped or their rows deleted, children first, and rows of cycles let go of what is deleted.
 *
 * Somebody may write meanwhile. A row that was changed after it had been looked at stays, and so may its parents then: what
 * stays is decided again before the next entity.
 */
import { type LeftRow, LISTED_LEFT_ROWS, type UndoneEntity } from '../contract/undo.ts';
import { MigrationError } from '../core/errors.ts';
import type { ChangedRows } from '../validation/changed-rows.ts';
import type { RollbackContext } from './context.ts';
import { deleteEntity, restoreEntity } from './delete-rows.ts';
import { dropEntity } from './drop-table.ts';
import { findKept, type Kept } from './kept-rows.ts';
import { looseTies } from './let-go.ts';
import { restoreSequences } from './restore-sequences.ts';
import { type SurveyedEntity, settleDrops, surveyEntities } from './survey.ts';
import { inTransaction } from './take-out-batches.ts';

/** How often what stays is decided anew for one entity, because others keep writing. */
const ATTEMPTS = 5;

interface State {
  /** Still to be undone. */
  entities: readonly SurveyedEntity[];
  kept: Kept;
}

export async function undoEntities(
  context: RollbackContext,
  order: readonly string[],
  compare: ChangedRows | null,
): Promise<UndoneEntity[]> {
  const { control, session, runId, plan } = context;
  const surveyed = await surveyEntities({ plan, runId, entities: order, control, session });
  const restored = new Map<string, number>();
  for (const entity of surveyed) restored.set(entity.entity, await restoreEntity(context, entity));
  await context.failpoints.hit('rollback.restored');
  const state = await decide(context, surveyed, compare);
  const undone: UndoneEntity[] = [];
  while (state.entities.length > 0) {
    context.signal?.throwIfAborted();
    const before = surveyed.find(({ entity }) => entity === state.entities[0]!.entity)!;
    const forced = state.kept.get(before.entity)!.forced + (context.force ? before.changedImages.length : 0);
    const taken = await undoFirst(context, state, compare);
    state.entities = state.entities.slice(1);
    const result = await told(context, before, { ...taken, forced, restored: restored.get(before.entity)! });
    undone.push(result);
    await tell(context, result);
  }
  return undone;
}

async function decide(
  context: RollbackContext,
  entities: readonly SurveyedEntity[],
  compare: ChangedRows | null,
): Promise<State> {
  const kept = await findKept(context, entities, compare);
  await inTransaction(context, async () => {
    for (const { entity, entityNo } of entities) {
      if (entityNo === null) continue;
      const rows = [...kept.get(entity)!.rows.values()];
      await context.control.left.leave(context.session, { runId: context.runId, entity, entityNo }, rows);
    }
  });
  await context.failpoints.hit('rollback.decided');
  return { entities: settleDrops(entities, (name) => kept.get(name)!.rows.size > 0), kept };
}

interface Taken {
  readonly rows: number;
  readonly tableDropped: boolean;
}

/** The first of those that are left. */
async function undoFirst(
  context: RollbackContext,
  state: State,
  compare: ChangedRows | null,
): Promise<Taken> {
  for (let attempt = 1; ; attempt++) {
    const entity = state.entities[0]!;
    try {
      return await undoEntity(context, state, entity, compare);
    } catch (error) {
      const raced = error instanceof MigrationError && error.code === 'DEPENDENCY_NOT_MET';
      if (!raced || attempt === ATTEMPTS) throw error;
      await stayWith(context, state, compare);
    }
  }
}

async function undoEntity(
  context: RollbackContext,
  state: State,
  entity: SurveyedEntity,
  compare: ChangedRows | null,
): Promise<Taken> {
  if (entity.drop) {
    const rows = await dropEntity(context, entity, state.kept.get(entity.entity)!.seen);
    if (rows !== null) return { rows, tableDropped: true };
    await stayWith(context, state, compare);
  }
  const { seen } = state.kept.get(entity.entity)!;
  const ties = looseTies(context.plan, entity, state.entities, state.kept);
  const { rows, late } = await deleteEntity(context, entity, { seen, ties });
  if (late > 0) await stayWith(context, state, compare);
  await restoreSequences(context, entity);
  return { rows, tableDropped: false };
}

/** A table or a row has to stay after all, so no other table is dropped, and what points where is asked again. */
async function stayWith(context: RollbackContext, state: State, compare: ChangedRows | null): Promise<void> {
  const rest = state.entities.map((entity) => ({ ...entity, drop: false }));
  state.kept = (await decide(context, rest, compare)).kept;
  state.entities = rest;
}

async function told(
  { control, session, runId }: RollbackContext,
  { entity, plan, kept, gone, table }: SurveyedEntity,
  taken: Taken & { readonly restored: number; readonly forced: number },
): Promise<UndoneEntity> {
  const of = { runId, entity };
  const left = await control.left.count(of, session);
  const rows: LeftRow[] = await control.left.list({ ...of, limit: LISTED_LEFT_ROWS }, session);
  return {
    entity,
    level: plan.level,
    rows: taken.rows,
    kept: taken.tableDropped || !table ? 0 : kept,
    ...(plan.merge?.onMatch === 'update' ? { restored: taken.restored } : {}),
    tableDropped: taken.tableDropped,
    left: { ...left, rows },
    forced: taken.forced,
    goneBefore: gone,
  };
}

async function tell(
  { log, events, runId, failpoints }: RollbackContext,
  result: UndoneEntity,
): Promise<void> {
  const { entity, rows, kept, left, tableDropped } = result;
  const leftRows = left.changed + left.pointedAt;
  log.info('rollback.entity', { rows, kept, left: leftRows, tableDropped }, { entity });
  events.publish({ type: 'entity.rolled-back', runId, entity, rowsRemoved: rows, rowsLeft: leftRows });
  await failpoints.hit('rollback.entity');
}
