/** What a migration refuses before it has touched anything, and how it says so. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Move, succeeded, useSampleMoves } from './sample-move.ts';
import { listTables } from './target-content.ts';
import type { Ended } from './towpath-process.ts';

const moves = useSampleMoves();

async function refused(
  move: Move,
  words: string,
  code: number,
): Promise<{ error: ErrorShape; recovery: { suggestion: string } }> {
  const before = await listTables(move.target.query);
  const ended = await move.run(`${words} --json`);
  expect(ended, ended.stderr).toMatchObject({ code, signal: null });
  inWords(ended);
  expect(await listTables(move.target.query)).toEqual(before);
  return JSON.parse(ended.stdout);
}

interface ErrorShape {
  readonly code: string;
  readonly message: string;
  readonly details: Record<string, unknown>;
}

function inWords(ended: Ended): void {
  expect(ended.stderr).toMatch(/^Error: [^\n]+\nNext: [^\n]+\nMore: [^\n]+\n$/m);
  expect(ended.stdout + ended.stderr).not.toMatch(/\n\s+at .*:\d+:\d+/);
}

function editPlan(move: Move, edit: (text: string) => string): void {
  const file = join(move.folder, 'towpath.plan.yaml');
  const text = readFileSync(file, 'utf8');
  const edited = edit(text);
  expect(edited).not.toBe(text);
  writeFileSync(file, edited);
}

test('an entity without its parents: DEPENDENCY_NOT_MET; with --with-deps it moves', async () => {
  const move = await moves.open();
  const { error } = await refused(move, 'migrate cases --yes', 3);
  expect(error.code).toBe('DEPENDENCY_NOT_MET');
  expect(error.details.missingDependencies).toContain('patients');
  expect(error.details).toHaveProperty('currentState');
  succeeded(await move.run('migrate cases --with-deps --yes --max-failure-rate 1 --no-validate'));
  const [row] = await move.target.query('select count(*)::int as n from cases');
  expect(row).not.toEqual({ n: 0 });
});

test('a plan that nobody approved', async () => {
  const move = await moves.open();
  const { error, recovery } = await refused(move, 'migrate all', 4);
  expect(error.code).toBe('APPROVAL_REQUIRED');
  expect(recovery.suggestion).toContain('towpath approve');
});

test('a plan that was edited after its approval', async () => {
  const move = await moves.open();
  succeeded(await move.run('approve --yes'));
  editPlan(move, (text) => text.replace(/^( {2}maxFailureRate: ).*$/m, '$10.02'));
  const { error } = await refused(move, 'migrate all', 4);
  expect(error.code).toBe('APPROVAL_REQUIRED');
  expect(error.message).toContain('changed since');
});

test('an unknown entity, with the nearest name', async () => {
  const move = await moves.open();
  const { error, recovery } = await refused(move, 'migrate pateints --yes', 2);
  expect(error.code).toBe('UNKNOWN_ENTITY');
  expect(recovery.suggestion).toContain('patients');
});

test('a mapping to a column that the source does not have', async () => {
  const move = await moves.open();
  editPlan(move, (text) => text.replace(/from: first_name/, 'from: frist_name'));
  const { error } = await refused(move, 'migrate all --yes', 2);
  expect(error.code).toBe('PLAN_INVALID');
  expect(error.message).toContain('frist_name');
});

test('more rows than were approved: the run waits with 4, and goes on once a person approves the larger number', async () => {
  const move = await moves.open();
  succeeded(await move.run('approve --yes --as tester'));
  await moves.source.query(
    `insert into dispatch_system_message select (jsonb_populate_record(message, jsonb_build_object('id', id + 50000000))).*
     from dispatch_system_message as message`,
  );
  try {
    const words = '--max-failure-rate 1 --no-validate --json';
    const ended = await move.run(`migrate all ${words}`);
    expect(ended, ended.stderr).toMatchObject({ code: 4 });
    inWords(ended);
    const { status, error, runId } = JSON.parse(ended.stdout) as {
      status: string;
      error: ErrorShape;
      runId: string;
    };
    expect([status, error.code]).toEqual(['paused', 'APPROVAL_EXCEEDED']);
    expect(error.message).toMatch(/[\d,]+ records of \d+ kinds are in the new system\./);
    expect(await move.state()).toBe('paused');
    expect((await move.run(`resume ${runId} --no-validate`)).code).toBe(4);
    succeeded(await move.run('approve --yes --as tester'));
    succeeded(await move.run(`resume ${runId} --no-validate`));
    expect(await move.state()).toBe('completed');
  } finally {
    await moves.source.query('delete from dispatch_system_message where id > 50000000');
  }
});
