/** `towpath rehearse --chaos` as people run it: the sample system, its words, its exit code, and what a kill of it leaves. */
import { expect, onTestFinished, test } from 'vitest';
import { chaosReport } from '../../engine/contract/chaos.ts';
import { createTestDatabase } from '../helpers/test-database.ts';
import { createOddDatabase } from './odd-database/odd-database.ts';
import { killed, type Move, succeeded, useSampleMoves } from './sample-move.ts';
import { listTables } from './target-content.ts';
import { createWorkplace, until } from './towpath-process.ts';

const moves = useSampleMoves();

/** Many moves, on a machine that is busy with other things. */
const LONGEST = 600_000;

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

test('on the sample system: told in words, with the seed and the command that repeats it', {
  timeout: LONGEST,
}, async () => {
  const move = await moves.open();
  const before = await listTables(move.target.query);
  const ended = succeeded(
    await move.run('rehearse --chaos --entities orders --sample 20 --faults 10 --seed 77'),
  );
  expect(ended.stderr).toContain('drawn from the seed 77');
  expect(ended.stdout).toContain('The rehearsal under faults held.');
  expect(ended.stdout).toMatch(
    /After each move I compared all [\d,]+ rows with those of an undisturbed move: nothing was lost/,
  );
  expect(ended.stdout).toContain('its validation refused it each time');
  expect(ended.stdout).toContain('beside them nothing changed');
  expect(ended.stdout).toMatch(/process killed +\d+ +\d+ +\d+ +[\d,]+ +held/);
  expect(ended.stdout).toContain(
    'towpath rehearse --chaos --faults 10 --seed 77 --sample 20 --entities orders',
  );
  expect(await scratchSchemas(move)).toEqual([]);
  expect(await listTables(move.target.query)).toEqual(before);
  expect(await kept(move)).toEqual({ runs: 0, pairs: 0, entities: 0 });
});

test('killed in the middle, what it leaves is removed by the next rehearsal; nothing of it stays', {
  timeout: LONGEST,
}, async () => {
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

test('on a database that nobody designed', { timeout: LONGEST }, async () => {
  const [source, target] = [await createTestDatabase(), await createTestDatabase('supabase')];
  await createOddDatabase(source.url);
  const place = createWorkplace({ source: source.url, target: target.url });
  onTestFinished(async () => {
    place.remove();
    await source.drop();
    await target.drop();
  });
  succeeded(await place.run('plan --name odd'));
  succeeded(await place.run('map answer --all-recommended'));
  const ended = succeeded(await place.run('rehearse --chaos --sample 5 --faults 6 --seed 3 --json'));
  const { chaos } = JSON.parse(ended.stdout);
  expect(chaosReport.parse(chaos)).toMatchObject({ status: 'passed', violations: [], removed: true });
  expect(chaos.rows.moved).toBeGreaterThan(30);
});
