/** A run of two branches of which one kind of records broke in the middle, and plans that were edited since. */
import { expect } from 'vitest';
import type { RunResult } from '../../../engine/contract/run.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../../../engine/plan/plan-file.ts';
import { type Branches, openBranches } from './two-branches.ts';

/** People have failed in the middle, with rows of theirs in the target; badges wait, the rest is in. */
export async function halfWay(
  prepare: (office: Branches) => Promise<PlanFile> | PlanFile = ({ plan }) => plan,
): Promise<{ office: Branches; run: RunResult; plan: PlanFile }> {
  const office = await openBranches();
  const plan = await prepare(office);
  let batches = 0;
  for (let hit = 1; hit < 30; hit++)
    office.at('batch.rows-copied', hit, async () => {
      const [row] = await office.target.query<{ n: number }>(
        `select count(*)::int as n from pg_locks where relation = to_regclass('moved.people') and mode = 'RowExclusiveLock'`,
      );
      if (row!.n > 0 && ++batches === 3) throw Object.assign(new Error('x'), { code: '42804' });
    });
  const run = await office.migrate({}, plan);
  expect(run).toMatchObject({ state: 'failed', error: { code: 'TABLE_CHANGED' } });
  expect((await office.rows()).people).toBe(200);
  return { office, run, plan };
}

export function changed(plan: PlanFile, name: string, change: (column: PlanColumn) => PlanColumn): PlanFile {
  return withEntity(plan, name, ({ columns }) => ({ columns: columns.map(change) }));
}

export function withEntity(
  plan: PlanFile,
  name: string,
  change: (entity: PlanEntity) => Partial<PlanEntity>,
): PlanFile {
  return {
    ...plan,
    entities: plan.entities.map((entity) =>
      entity.name === name ? { ...entity, ...change(entity) } : entity,
    ),
  };
}

export function without(plan: PlanFile, ...names: string[]): PlanFile {
  const left = (all: readonly string[]) => all.filter((name) => !names.includes(name));
  return {
    ...plan,
    entities: plan.entities.filter(({ name }) => !names.includes(name)),
    groups: Object.fromEntries(Object.entries(plan.groups).map(([name, all]) => [name, left(all)])),
    phases: plan.phases.map((phase) => ({ ...phase, entities: left(phase.entities) })),
    excluded: names.map((table) => ({ schema: 'public', table, reason: 'not needed' })),
  };
}
