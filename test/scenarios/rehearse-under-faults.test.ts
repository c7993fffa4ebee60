/** `towpath rehearse --chaos` as people run it: the sample system, its words, its exit code, and what a kill of it leaves. */
import { expect, test } from 'vitest';
import { chaosReport } from '../../engine/contract/chaos.ts';
import { killed, type Move, succeeded, useSampleMoves } from './sample-move.ts';
import { listTables } from './target-content.ts';
import { until } from './towpath-process.ts';

const moves = useSampleMoves();

async function scratchSchemas(move: Move): Promise<string[]> {
  const rows = await move.target.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname like 'towpath\\_rehearsal\\_%' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** What Towpath keeps for the person whose target it is. */
async function kept(move: Move): Promise<unknown> {
  const [row] = await move.target.query(
    `select (select count(*)::int from towpath.migration_control) as runs, (select count(*)::int from towpath.mapping_pairs) as pairs,
       (select count(*)::int from towpath.entities) as entities`,
  );
  return row;
}

test('on the sample system: told in words, with the seed and the command that repeats it', async () => {
  const move = await moves.open();
  const before = await listTables(move.target.query);
  const ended = succeeded(await move.run('rehearse --chaos --sample 8 --faults 8 --seed 77'));
  expect(ended.stderr).toContain('drawn from the seed 77');
  expect(ended.stdout).toContain('The rehearsal under faults held.');
  expect(ended.stdout).toMatch(
    /After each move I compared all [\d,]+ rows with those of an undisturbed move: nothing was lost/,
  );
  expect(ended.stdout).toContain('was refused each time');
  expect(ended.stdout).toContain('beside them nothing changed');
  expect(ended.stdout).toMatch(/process killed +\d+ +\d+ +\d+ +[\d,]+ +held/);
  expect(ended.stdout).toContain('towpath rehearse --chaos --faults 8 --seed 77 --sample 8');
  expect(await scratchSchemas(move)).toEqual([]);
  expect(await listTables(move.target.query)).toEqual(before);
  expect(await kept(move)).toEqual({ runs: 0, pairs: 0, entities: 0 });
});

test('killed in the middle, what it leaves is removed by the next rehearsal; a migration waits for neither', async () => {
  const move = await moves.open();
  const { process, ended } = move.start(
    'rehearse --chaos --sample 4 --faults 30 --seed 5 --entities offices',
  );
  await until('moves under faults', async () => (await scratchSchemas(move)).length === 3, 120);
  process.kill('SIGKILL');
  killed(await ended);
  expect(await scratchSchemas(move)).toHaveLength(3);
  const next = succeeded(
    await move.run('rehearse --chaos --sample 4 --faults 2 --seed 5 --entities offices --json'),
  );
  const report = JSON.parse(next.stdout);
  expect(report.removedLeftovers).toHaveLength(3);
  expect(chaosReport.parse(report.chaos)).toMatchObject({
    status: 'passed',
    entities: ['offices'],
    sample: 4,
  });
  expect(await scratchSchemas(move)).toEqual([]);
});

test('--seed without --chaos is wrong usage', async () => {
  const move = await moves.open();
  const ended = await move.run('rehearse --seed 7');
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('belong to --chaos');
});
