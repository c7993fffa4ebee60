/** Processes that are started and left to themselves: what becomes of them is known without being there. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { createRunLauncher, type LaunchedRun } from '../../../engine/journey/launch-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'towpath-launch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function launcher(program: string, command?: string) {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.cjs`);
  writeFileSync(file, program);
  return createRunLauncher({
    command: [command ?? process.execPath, file],
    cwd: folder,
    env: { SECRET_URL: 'postgres://u:p@localhost/x' },
    folder: join(folder, 'runs'),
  });
}

async function ended(run: LaunchedRun) {
  for (let i = 0; i < 200 && run.outcome() === null; i++) await sleep(25);
  return run.outcome();
}

test('a program that refuses is told with its own code, message and hint', async () => {
  const document = {
    status: 'error',
    error: { code: 'APPROVAL_REQUIRED', message: 'Nobody has approved.', details: {} },
    recovery: { suggestion: 'Approve it.', rollbackRequired: false },
  };
  const launch = launcher(`console.log(${JSON.stringify(JSON.stringify(document))}); process.exit(4)`);
  expect(await ended(launch(['migrate']))).toMatchObject({
    code: 'APPROVAL_REQUIRED',
    message: 'Nobody has approved.',
    hint: 'Approve it.',
  });
});

test('a program that succeeds, dies without a word, or is not there', async () => {
  expect(await ended(launcher(`console.log('{"status":"success"}')`)(['migrate']))).toBe('done');
  expect(await ended(launcher(`process.kill(process.pid, 'SIGKILL')`)(['resume', 'x']))).toMatchObject({
    code: 'RUN_ENDED_EARLY',
  });
  expect(await ended(launcher('', join(folder, 'no-such-program'))(['migrate']))).toMatchObject({
    code: 'RUN_NOT_STARTED',
    hint: 'Start it by hand: towpath migrate',
  });
});

test('connections go by the environment, to a session of its own, and output is for the owner only', async () => {
  const out = join(folder, 'seen.json');
  const launch = launcher(
    `process.kill(-process.pid, 0); // there is a group of its own
     require('node:fs').writeFileSync(${JSON.stringify(out)},
       JSON.stringify({ argv: process.argv.slice(2), url: process.env.SECRET_URL }));
     console.log('{}')`,
  );
  expect(await ended(launch(['migrate', 'all']))).toBe('done');
  const seen = JSON.parse(readFileSync(out, 'utf8'));
  expect(seen).toMatchObject({ argv: ['migrate', 'all', '--json'], url: 'postgres://u:p@localhost/x' });
  const files = readdirSync(join(folder, 'runs'));
  expect(files).not.toEqual([]);
  for (const file of files) expect(statSync(join(folder, 'runs', file)).mode & 0o077).toBe(0);
});

test('what old runs printed goes, and nothing else of the folder', async () => {
  const runs = join(folder, 'runs');
  rmSync(runs, { recursive: true, force: true });
  mkdirSync(runs);
  const old = Array.from({ length: 60 }, (_, i) => `run-${(0xabc000 - i).toString(16)}.json`);
  for (const [i, name] of old.entries()) {
    writeFileSync(join(runs, name), '');
    utimesSync(join(runs, name), 1_600_000_000 + i, 1_600_000_000 + i);
  }
  writeFileSync(join(runs, 'notes.txt'), '');
  expect(await ended(launcher('console.log("{}")')(['migrate']))).toBe('done');
  const left = readdirSync(runs);
  expect(left).toContain('notes.txt');
  expect(old.filter((name) => left.includes(name))).toEqual(old.slice(20));
  expect(left).toHaveLength(1 + 40 + 2);
});
