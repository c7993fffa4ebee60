/**
 * Proves that the proof can fail: the last good copy is damaged on purpose, one kind of damage after the other, and each time its
 * validation must find a difference. Each damage is undone before the next, and then the validation must say verified again: it was
 * refused for this damage, and for nothing else.
 */
import { randomUUID } from 'node:crypto';
import { type ChaosReport, type DamageKind, damageKinds } from '../../contract/chaos.ts';
import type { ValidationReport } from '../../contract/validation.ts';
import type { Control } from '../../control/control.ts';
import type { Database, Session } from '../../db/database.ts';
import { classify } from '../../db/sqlstate.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import { idColumnOf } from '../../validation/rows/row-id.ts';
import {
  changeableColumnsSql,
  changeValueSql,
  countSql,
  type DamagedTable,
  deleteRowSql,
  doubleRowSql,
  forgetRowSql,
  idAtSql,
  putBackSql,
  restoreValueSql,
  saveRowSql,
  swapPairsSql,
  type UniqueColumn,
  uniqueColumnsSql,
} from './damage.sql.ts';
import type { Draw } from './draw.ts';

export type Damaged = ChaosReport['damage'][number];

export interface DamageDependencies {
  /** The target with the ledger of the rehearsal. */
  readonly database: Database;
  readonly ledger: Control;
  readonly plan: PlanFile;
  readonly draw: Draw;
  /** What the validation of these entities says. */
  validate(entities: readonly string[]): Promise<ValidationReport['overallStatus']>;
  /** Puts an undisturbed move in the place of the copy. */
  renew(): Promise<void>;
}

interface Victim extends DamagedTable {
  readonly id: string;
  readonly other: string;
  readonly entityNo: number;
}

type Undo = (session: Session) => Promise<unknown>;

/** So many entities are looked at for a row that can be damaged in one way, and so many rows of each. */
const MOST_TRIED = 40;
const ROWS_TRIED = 3;

export async function damageCopy(deps: DamageDependencies): Promise<Damaged[]> {
  const session = await deps.database.session({ purpose: 'rehearsal' });
  const outcomes: Damaged[] = [];
  try {
    for (const kind of damageKinds) outcomes.push(await damageOnce(deps, session, kind));
  } finally {
    await session.release();
  }
  return outcomes;
}

async function damageOnce(deps: DamageDependencies, session: Session, kind: DamageKind): Promise<Damaged> {
  const entities = deps.draw.shuffled(deps.plan.entities).slice(0, MOST_TRIED);
  for (const entity of entities.flatMap((each) => Array.from({ length: ROWS_TRIED }, () => each))) {
    const undo = await inflict(deps, session, kind, entity);
    if (undo === null) continue;
    const found = await deps.validate([entity.name]);
    await undo(session);
    const mended = (await deps.validate([entity.name])) === 'verified';
    if (found === 'verified') return { kind, entity: entity.name, outcome: 'missed', mended };
    if (found === 'differences' && mended) return { kind, entity: entity.name, outcome: 'noticed', mended };
    if (await provesNothing(deps, entity)) continue;
    if (found === 'differences') return { kind, entity: entity.name, outcome: 'noticed', mended };
  }
  return { kind, entity: null, outcome: 'not-tried', mended: true };
}

/** Not even a copy that nobody damaged is verified: its rows change in the old database meanwhile. */
async function provesNothing(deps: DamageDependencies, { name }: PlanEntity): Promise<boolean> {
  await deps.renew();
  return (await deps.validate([name])) !== 'verified';
}

/** Null where this entity has no row that can be damaged so: rules of the table refuse it, or it has too few. */
async function inflict(
  deps: DamageDependencies,
  session: Session,
  kind: DamageKind,
  entity: PlanEntity,
): Promise<Undo | null> {
  const victim = await chooseVictim(deps, session, entity);
  if (victim === null) return null;
  await session.query(forgetRowSql);
  await session.query(saveRowSql(victim), [victim.id]);
  try {
    return await damages[kind](session, victim);
  } catch (error) {
    if (classify(error).severity === 'minor') return null; // another row depends on it, or it may not be there twice
    throw error;
  }
}

const damages: Readonly<Record<DamageKind, (session: Session, victim: Victim) => Promise<Undo | null>>> = {
  async 'row-lost'(session, victim) {
    await session.query(deleteRowSql(victim), [victim.id]);
    return (after) => after.query(putBackSql(victim));
  },
  async 'row-doubled'(session, victim) {
    const double = randomUUID();
    const { schema, table } = victim;
    const unique = await session.query<UniqueColumn>(uniqueColumnsSql, [schema, table]);
    await session.query(doubleRowSql(victim, unique), [victim.id, double]);
    return (after) => after.query(deleteRowSql(victim), [double]);
  },
  async 'value-changed'(session, victim) {
    const { schema, table, columns, id } = victim;
    const found = await session.query<{ name: string; kind: string }>(changeableColumnsSql, [
      schema,
      table,
      columns,
    ]);
    for (const { name, kind } of found) {
      const changed = await session
        .query(changeValueSql(victim, name, kind), [id])
        .catch((error: unknown) => (classify(error).severity === 'minor' ? [] : Promise.reject(error)));
      if (changed.length > 0) return (after) => after.query(restoreValueSql(victim, name));
    }
    return null;
  },
  async 'ids-swapped'(session, { entityNo, id, other }) {
    const swap: Undo = (on) => on.query(swapPairsSql, [entityNo, id, other]);
    return ((await swap(session)) as unknown[]).length === 2 ? swap : null;
  },
};

async function chooseVictim(
  { ledger, plan, draw }: DamageDependencies,
  session: Session,
  entity: PlanEntity,
): Promise<Victim | null> {
  const { name, target, columns } = entity;
  const idColumn = idColumnOf(entity);
  const of: DamagedTable = {
    schema: plan.target.schema,
    table: target.table,
    idColumn,
    columns: columns.map(({ to }) => to).filter((to) => to !== idColumn),
  };
  const entityNo = await ledger.mappings.entityNo(plan.migration, name);
  const [counted] = await session.query<{ rows: number }>(countSql(of));
  const rows = counted!.rows;
  if (rows < 2 || entityNo === null || of.columns.length === 0) return null;
  const at = draw.between(0, rows - 2);
  const [first] = await session.query<{ id: string }>(idAtSql(of), [at]);
  const [second] = await session.query<{ id: string }>(idAtSql(of), [at + 1]);
  return { ...of, id: first!.id, other: second!.id, entityNo };
}
