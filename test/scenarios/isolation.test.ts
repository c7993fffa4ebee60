/** One broken table of a whole move, from the command line: what it says, how it ends, and how it goes on. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type PlanFile, planFile } from '../../engine/plan/plan-file.ts';
import { dependentsOf } from '../../engine/plan/source-drift.ts';
import { type Move, succeeded, useSampleMoves } from './sample-move.ts';
import { until } from './towpath-process.ts';

const moves = useSampleMoves();

async function states(move: Move): Promise<Record<string, string>> {
  const rows = await move.target.query<{ entity: string; state: string }>(
    'select entity, state from towpath.entity_migration_status order by entity',
  );
  return Object.fromEntries(rows.map(({ entity, state }) => [entity, state]));
}

/** A table that others point at loses a column while it is being filled. */
async function broken(): Promise<{ move: Move; entity: string }> {
  const move = await moves.open();
  const plan = planFile.parse(parse(moves.planText()));
  const { entity, column } = victim(plan);
  const child = await move.startMigrate('batch.begun=pause:4000', '--max-concurrency 1 --no-validate');
  const table = `${plan.target.schema}.${entity}`;
  await until('the tables', async () => {
    const [row] = await move.target.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
      table,
    ]);
    return row!.there;
  });
  await move.target.query(`alter table ${table} drop column ${column}`);
  const ended = await child.ended;
  expect(ended.code, ended.stderr).toBe(1);
  const told = JSON.parse(ended.stdout) as Record<string, unknown>;
  expect(told).toMatchObject({ status: 'error', state: 'failed', error: { code: 'TABLE_CHANGED' } });
  expect(ended.stderr).toMatch(new RegExp(`Error: 1 kind of records could not be moved\\. ${entity}: `));
  expect(ended.stderr).toContain('Waiting for it: ');
  expect(ended.stderr).toMatch(/are in the new system\./);
  expect(ended.stderr).toMatch(/Next: [^\n]*towpath resume/);
  expect(ended.stderr).not.toMatch(/\n\s+at /);
  const found = await states(move);
  const named = (state: string) => Object.keys(found).filter((name) => found[name] === state);
  expect(named('failed')).toEqual([entity]);
  const waiting = dependentsOf(plan, [entity], new Set(named('completed'))).map((one) => one.entity);
  expect(named('pending').sort()).toEqual(waiting.sort());
  expect(waiting.length).toBeGreaterThan(0);
  expect(named('completed').length).toBeGreaterThan(5);
  await move.target.query(`alter table ${table} add column ${column} text not null`);
  return { move, entity };
}

/** Of the first level, with a text and as few that point at it as there are. */
function victim(plan: PlanFile): { entity: string; column: string } {
  const found = plan.entities
    .filter(({ level }) => level === 1)
    .flatMap(({ name, columns }) => {
      const column = columns.find(({ type, to }) => type === 'text' && to !== 'legacy_id');
      const waiting = dependentsOf(plan, [name]).length;
      return column && waiting > 0 ? [{ entity: name, column: column.to, waiting }] : [];
    });
  const [first] = found.sort((x, y) => x.waiting - y.waiting);
  if (!first) throw new Error('the sample has no such table any more');
  return first;
}

test('the table is put back: resume moves just it and what waits for it, and all is as in an undisturbed move', async () => {
  const { move, entity } = await broken();
  succeeded(await move.resume(undefined, '--no-validate'));
  expect((await states(move))[entity]).toBe('completed');
  expect(await move.content()).toEqual(moves.whole);
});

test('the plan is edited instead: refused without a yes, then just it is moved anew', async () => {
  const { move, entity } = await broken();
  const file = join(move.folder, 'towpath.plan.yaml');
  const plan = parse(readFileSync(file, 'utf8')) as { entities: { name: string; maxFailureRate?: number }[] };
  plan.entities.find(({ name }) => name === entity)!.maxFailureRate = 0.5;
  writeFileSync(file, stringify(plan));
  const refused = await move.resume(undefined, '--edited-plan --no-validate');
  expect(refused.code, refused.stderr).toBe(4);
  succeeded(await move.run('approve --as Marta --yes'));
  succeeded(await move.resume(undefined, '--edited-plan --no-validate'));
  expect((await states(move))[entity]).toBe('completed');
  const all = await move.target.query<{ n: number }>(
    'select count(distinct run_id)::int as n from towpath.entity_migration_status',
  );
  expect(all[0]!.n).toBe(1);
  expect(await move.content()).toEqual(moves.whole);
});
