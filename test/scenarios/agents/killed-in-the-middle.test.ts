/**
 * The whole product, killed: the process that talks while records move, and then the one that moves them. The next process
 * tells what is true, and goes on from there to the signed report.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSample } from '../../../sample/create-sample.ts';
import { defineTemplate, useTestDatabase } from '../../helpers/test-database.ts';
import { killed, succeeded } from '../sample-move.ts';
import { createWorkplace, type Ended, until, type Workplace } from '../towpath-process.ts';
import { checksum, rowCounts } from './what-databases-hold.ts';

/** Without defects no gate closes, so that every stop is one of ours. */
const source = useTestDatabase(
  defineTemplate('sample_without_defects', async (url) => {
    await createSample(url, { scale: 0.002, defectRate: 0 });
  }),
);
const target = useTestDatabase('supabase');
let place: Workplace;
let before: { source: string; rows: Record<string, number> };

beforeAll(async () => {
  place = createWorkplace({ source: source.url, target: target.url });
  before = { source: await checksum(source.query), rows: await rowCounts(target.query) };
});
afterAll(() => place?.remove());

function script(name: string, turns: readonly string[]): string {
  const head = ['databases: configured', 'mode: workflow', 'as: Office', 'turns:'];
  writeFileSync(join(place.folder, name), [...head, ...turns.map((turn) => `  - ${turn}`), ''].join('\n'));
  return `agents run ${name}`;
}

interface Line {
  readonly role: string;
  readonly step?: string;
  readonly journey?: string;
  readonly run?: string | null;
  readonly inTarget?: string;
  readonly text?: string;
}

function linesOf({ stdout }: Pick<Ended, 'stdout'>): Line[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
}

async function moved(): Promise<number> {
  return Object.entries(await rowCounts(target.query))
    .filter(([table]) => !(table in before.rows))
    .reduce((sum, [, rows]) => sum + rows, 0);
}

/** A person looks in, asks, and leaves. */
async function ask(question: string): Promise<string> {
  const chat = place.start('chat');
  chat.process.stdin!.end(`${question}\n`);
  const { stdout, stderr } = await chat.ended;
  return `${stdout}\n${stderr}`.replaceAll(/\s+/g, ' ');
}

function inNewSystem(rows: number): string {
  return `${rows.toLocaleString('en-US')} records of this migration are in the new system`;
}

/** As the control schema and the server know it; `held`: a process works on the run. */
async function runNow(): Promise<{ state: string; held: boolean }> {
  const [run] = await target.query<{ state: string }>(
    `select state from towpath.migration_control where migration not like 'towpath\\_rehearsal%' order by started_at desc limit 1`,
  );
  const held = await target.query(
    `select 1 from pg_stat_activity where datname = current_database() and application_name like 'towpath/run %'`,
  );
  return { state: run?.state ?? 'none', held: held.length > 0 };
}

test('one process leads to the approval of the move, and ends', async () => {
  const ended = await place.run(
    script('first.yaml', [
      'wait: question',
      'say: plan',
      'wait: question',
      'say: recommended',
      'wait: question',
      'say: rehearse',
      'wait: approval',
      'approve: rehearse',
      'wait: migrate',
      'wait: approval',
    ]),
  );
  expect(ended, `${ended.stdout.slice(-2000)}\n${ended.stderr.slice(-2000)}`).toMatchObject({ code: 4 });
  expect(linesOf(ended).at(-2)).toMatchObject({ role: 'state', step: 'migrate', run: null });
  expect(await rowCounts(target.query)).toEqual(before.rows);
}, 240_000);

test('the next one is killed while records move; the move goes on without it, and is killed as well', async () => {
  const words = script('second.yaml', ['wait: approval', 'approve: migrate', 'wait: moving', 'wait: done']);
  const failpoints = 'level.passed:2=pause:6000,level.passed:4=kill';
  const talking = place.start(words, { TOWPATH_FAILPOINT: failpoints });
  await until('records move', async () => (await moved()) > 0, 120);
  talking.process.kill('SIGKILL');
  killed(await talking.ended);
  const atKill = await moved();
  await until('the other process is gone too', async () => !(await runNow()).held, 60);
  expect(await moved(), 'it went on alone').toBeGreaterThan(atKill);
  expect(await runNow()).toEqual({ state: 'copying', held: false });
}, 240_000);

test('somebody who looks in is told the truth', async () => {
  const rows = await moved();
  expect(rows).toBeGreaterThan(0);
  const told = await ask('where are we?');
  expect(told).toContain(rows.toLocaleString('en-US'));
  expect(told).not.toMatch(/signed by|the move is complete/i);
  expect(await moved(), 'asking moves nothing').toBe(rows);
}, 120_000);

test('the next process goes on from there to the signed report; both states agree', async () => {
  const rows = await moved();
  const ended = succeeded(
    await place.run(
      script('third.yaml', [
        'wait: question',
        'expect: Continue',
        'say: resume',
        'wait: sign-off',
        'wait: approval',
        'approve: sign-off',
        'wait: done',
        'wait: ended',
      ]),
    ),
  );
  const states = linesOf(ended).filter(({ role }) => role === 'state');
  expect(states[0]).toMatchObject({ step: 'migrate', journey: 'waiting', run: 'copying' });
  expect(states[0]!.inTarget).toContain(inNewSystem(rows));
  const all = await moved();
  expect(states.at(-1)).toMatchObject({ step: 'done', journey: 'ended', run: 'completed' });
  expect(states.at(-1)!.inTarget).toContain(inNewSystem(all));
  expect(all).toBeGreaterThan(rows);
  const pairs = await target.query<{ twice: number }>(
    `select count(*)::int as twice from (select entity, legacy_id from towpath.migration_mappings group by 1, 2 having count(*) > 1) d`,
  );
  expect(pairs).toEqual([{ twice: 0 }]);
  const approvals = await target.query<{ action: string; state: string }>(
    `select action, state from towpath.approvals where decided_by <> 'rehearsal' order by action`,
  );
  expect(approvals).toEqual([
    { action: 'migrate', state: 'used' },
    { action: 'rehearse', state: 'used' },
    { action: 'sign-off', state: 'used' },
  ]);
  expect(await checksum(source.query)).toBe(before.source);
  expect(await ask('where are we?')).toMatch(/signed/i);
}, 240_000);
