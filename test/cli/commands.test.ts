import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MigrationError } from '../../engine/core/errors.ts';
import { planHash } from '../../engine/plan/plan-hash.ts';
import { writePlan } from '../../engine/plan/write-plan.ts';
import { createFakeEngine, fakeEntity, fakeStatus, fakeValidation } from './fake-engine.ts';
import { errorShape, progressShape, validationShape } from './json-shapes.ts';
import { makeFolder, runCli } from './run-cli.ts';
import { smallPlan } from './small-plan.ts';

function folderWithPlan(text = writePlan(smallPlan())): string {
  const folder = makeFolder();
  writeFileSync(join(folder, 'towpath.plan.yaml'), text);
  return folder;
}

test('init writes a private .env once and never over another', async () => {
  const first = await runCli(['init']);
  expect(first.code).toBe(0);
  const file = join(first.folder, '.env');
  expect(readFileSync(file, 'utf8')).toContain('SOURCE_DATABASE_URL');
  expect(statSync(file).mode & 0o077).toBe(0);
  writeFileSync(file, 'mine');
  const second = await runCli(['init'], { folder: first.folder });
  expect(second.code).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('preflight: each check with its remedy; a failed one ends with 3', async () => {
  const fake = createFakeEngine({
    preflight: async () => [
      { name: 'connect', status: 'pass', message: 'Both answer.', remedy: null },
      { name: 'disk', status: 'fail', message: 'The target needs 4 GB more.', remedy: 'Make room.' },
    ],
  });
  const { code, stdout } = await runCli(['preflight'], { fake });
  expect(code).toBe(3);
  expect(stdout).toContain('The target needs 4 GB more.');
  expect(stdout).toContain('Do: Make room.');
});

test('plan refuses to replace a plan file without --force', async () => {
  const folder = folderWithPlan('edited by hand');
  const { code, stderr, fake } = await runCli(['plan'], { folder });
  expect(code).toBe(2);
  expect(stderr).toContain('plan --force');
  expect(fake.asked).toEqual([]);
  expect(readFileSync(join(folder, 'towpath.plan.yaml'), 'utf8')).toBe('edited by hand');
});

test('map shows source, target, transform, confidence and reason; mistakes come with their line and end with 2', async () => {
  const shown = await runCli(['map', '--entities', 'doctors'], { folder: folderWithPlan() });
  expect(shown.code).toBe(0);
  expect(shown.stdout).toMatch(
    /office_id\s+office_id\s+reference to offices\s+uuid\s+0\.90\s+A foreign key\./,
  );
  expect(shown.stdout).not.toContain('legacy_offices');
  const text = writePlan(smallPlan()).replace('level: 2', 'level: two');
  const line = text.split('\n').findIndex((each) => each.includes('level: two')) + 1;
  const broken = await runCli(['map'], { folder: folderWithPlan(text) });
  expect(broken.code).toBe(2);
  expect(broken.stderr).toContain(`towpath.plan.yaml:${line}: `);
});

test('an unknown entity ends with 2 and the nearest name', async () => {
  const { code, stderr } = await runCli(['map', '--entities', 'docters'], { folder: folderWithPlan() });
  expect(code).toBe(2);
  expect(stderr).toContain('doctors');
});

test('approve shows the effect and asks for a typed yes', async () => {
  const yes = await runCli(['approve', '--as', 'Marta', '--reason', 'agreed'], {
    folder: folderWithPlan(),
    typed: 'yes',
  });
  expect(yes.code).toBe(0);
  for (const words of ['What will happen', 'about 20', 'Can it be undone', 'django_session', 'hash ']) {
    expect(yes.stdout).toContain(words);
  }
  expect(yes.fake.asked.at(-1)).toMatchObject({
    method: 'approve',
    values: [{}, { approver: 'Marta', reason: 'agreed' }],
  });
});

test.each(['no', 'y', '', 'yes please'])('“%s” is no approval', async (typed) => {
  const { code, fake } = await runCli(['approve'], { folder: folderWithPlan(), typed });
  expect(code).toBe(4);
  expect(fake.asked.map(({ method }) => method)).toEqual(['runs']);
});

test('nobody at a terminal: no approval without --yes', async () => {
  for (const argv of [['approve'], ['approve', '--json']]) {
    const { code, fake } = await runCli(argv, { folder: folderWithPlan() });
    expect(code).toBe(4);
    expect(fake.asked.map(({ method }) => method)).toEqual(['runs']);
  }
});

test('a run that waits for more rows is told before the yes, and gone on with after it', async () => {
  const error = {
    code: 'APPROVAL_EXCEEDED',
    message: 'It would bring 404 rows; 225 were approved.',
    hint: '',
  };
  const fake = createFakeEngine({
    runs: async () => [fakeStatus({ state: 'paused', planHash: planHash(smallPlan()), error })],
  });
  const { stdout } = await runCli(['approve', '--yes'], { folder: folderWithPlan(), fake });
  expect(stdout).toContain('404 rows; 225 were approved');
  expect(stdout).toContain('resume r1');
});

test('rows at a closed gate are accepted with a reason only', async () => {
  const without = await runCli(['approve', '--run', 'r1', '--yes']);
  expect(without.code).toBe(2);
  expect(without.fake.asked).toEqual([]);
  const withReason = await runCli(['approve', '--run', 'r1', '--reason', 'known', '--yes']);
  expect(withReason.code).toBe(0);
  expect(withReason.fake.asked.at(-1)).toMatchObject({
    method: 'acceptSetAside',
    values: ['r1', { reason: 'known' }],
  });
  expect(withReason.stdout).toContain('resume r1');
});

test('rollback only shows what it would do, until --confirm', async () => {
  const shown = await runCli(['rollback', 'r1']);
  expect(shown.code).toBe(4);
  expect(shown.fake.asked[0]).toMatchObject({ method: 'rollback', values: [{ preview: true }] });
  expect(shown.stdout).toContain('rollback r1 --confirm');
  const preview = await runCli(['rollback', 'r1', '--preview', '--confirm']);
  expect(preview.fake.asked[0]).toMatchObject({ values: [{ preview: true }] });
  const done = await runCli(['rollback', 'r1', '--confirm', '--entities', 'offices']);
  expect(done.code).toBe(0);
  expect(done.fake.asked[0]).toMatchObject({ values: [{ preview: false, entities: ['offices'] }] });
});

test.each([
  [[], { type: 'all', entities: [] }],
  [['integrity'], { type: 'integrity' }],
  [['completeness', 'r7'], { type: 'completeness', runId: 'r7' }],
  [['20261121-104207-3f9a'], { type: 'all', runId: '20261121-104207-3f9a' }],
  [
    ['accuracy', '--entities', 'a,b', '--sample', '10'],
    { type: 'accuracy', entities: ['a', 'b'], sample: 10 },
  ],
])('validate %j', async (words, request) => {
  const { code, stdout, fake } = await runCli(['validate', ...words, '--json']);
  expect(code).toBe(0);
  expect(fake.asked[0]).toMatchObject({ method: 'validate', values: [request] });
  const document = validationShape.parse(JSON.parse(stdout));
  for (const entity of document.entities as unknown[]) validationShape.parse(entity);
});

const differing = fakeValidation({
  overallStatus: 'differences',
  issues: [
    {
      kind: 'mismatching',
      severity: 'critical',
      entity: 'offices',
      check: 'row-compare',
      key: '7',
      column: 'name',
      expected: 'private old',
      actual: 'private new',
      fix: "update offices set name = 'private old'",
      message: 'name differs',
    },
  ],
});

test('differences end with 3; their values only where asked for', async () => {
  const fake = createFakeEngine({ validate: async () => differing });
  const plain = await runCli(['validate', '--json'], { fake });
  expect(plain.code).toBe(3);
  expect(plain.stdout).not.toContain('private');
  const detailed = await runCli(['validate', '--json', '--detailed'], { fake });
  expect(detailed.stdout).toContain('private old');
});

test('--fix shows first and changes only after a yes', async () => {
  const answers = { validate: async () => differing };
  const refused = await runCli(['validate', '--fix'], { fake: createFakeEngine(answers) });
  expect(refused.fake.asked).toHaveLength(1);
  expect(refused.stderr).toContain('1 row would be put right');
  const agreed = await runCli(['validate', '--fix', '--yes'], { fake: createFakeEngine(answers) });
  expect(agreed.fake.asked.map(({ values }) => values[0])).toMatchObject([{ fix: false }, { fix: true }]);
});

test('quarantine hides values unless asked, and exports to a private file', async () => {
  const list = await runCli(['quarantine', 'list']);
  expect(list.stdout).toContain('106 rows set aside, for 1 cause');
  expect(list.stdout).toContain('Lost by it: The link itself.');
  const shown = await runCli(['quarantine', 'show', '7']);
  expect(shown.stdout).toContain('The purchase does not exist.');
  expect(shown.stdout).not.toMatch(/private word|someone@/);
  const json = await runCli(['quarantine', 'show', '--json']);
  expect(json.stdout).not.toMatch(/private word|someone@/);
  const open = await runCli(['quarantine', 'show', '7', '--values']);
  expect(open.stdout).toContain('a private word');
  const exported = await runCli(['quarantine', 'export', '--output', 'aside.jsonl']);
  const file = join(exported.folder, 'aside.jsonl');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    legacyId: '7',
    row: { empty: '', nothing: null },
  });
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('quarantine exports CSV that tells nothing from an empty text, and warns of formulas', async () => {
  const plain = await runCli(['quarantine', 'export', '--format', 'csv', '--output', 'aside']);
  const csv = readFileSync(join(plain.folder, 'aside', 'payments.csv'), 'utf8').split('\n');
  expect(csv[0]).toMatch(/^towpath_entity,.*,id,note,empty,nothing$/);
  expect(csv[1]).toMatch(/,7,=a private word,"",$/);
  expect(plain.stderr).toContain('1 cell would be run as a formula');
  const marked = await runCli('quarantine export --format csv --output aside --for-spreadsheet'.split(' '));
  expect(readFileSync(join(marked.folder, 'aside', 'payments.csv'), 'utf8')).toContain(",'=a private word,");
  expect(marked.stderr).not.toContain('formula');
});

test('quarantine tries on a read-only target, and retry says what can follow', async () => {
  const tried = await runCli(['quarantine', 'try', '0a1b']);
  expect(tried.stdout).toContain(
    '100 of 106 rows would be moved, 2 of them with a noted repair. Nothing was written.',
  );
  expect(tried.stdout).toContain('Only moving them can tell');
  expect(tried.fake.asked.at(-1)).toMatchObject({ method: 'tryFix', values: [{ cards: ['0a1b2c3d'] }] });
  const retried = await runCli(['quarantine', 'retry', '--yes', '--as', 'Ada']);
  expect(retried.code).toBe(0);
  expect(retried.stdout).toContain('100 of 106 rows moved after all.');
  expect(retried.stdout).toContain('quarantine try ffff0000');
  expect(retried.fake.asked.at(-1)).toMatchObject({
    method: 'retry',
    values: [{ cards: [], approveAs: 'Ada', validate: true }],
  });
  const unknown = await runCli(['quarantine', 'retry', 'beef']);
  expect(unknown.code).toBe(2);
});

test('report writes all formats, or those asked for', async () => {
  const all = await runCli(['report']);
  expect(all.code).toBe(0);
  expect(all.stdout).toContain('All 3,359,223 rows');
  for (const format of ['html', 'md', 'json']) {
    expect(existsSync(join(all.folder, 'reports', `run_20261112_1004.${format}`))).toBe(true);
  }
  const one = await runCli(['report', '--output', 'proof.md']);
  expect(readFileSync(join(one.folder, 'proof.md'), 'utf8')).toContain('# Proof of the move');
  const two = await runCli(['report', '--output', 'proof.html', '--format', 'html,json']);
  expect(existsSync(join(two.folder, 'proof.html')) && existsSync(join(two.folder, 'proof.json'))).toBe(true);
});

test('status names the next step and why a run stopped', async () => {
  const error = { code: 'DISK_FULL', message: 'The target has no room left.', hint: 'Make room.' };
  const fake = createFakeEngine({ status: async () => fakeStatus({ state: 'failed', error }) });
  const { stdout } = await runCli(['status'], { fake });
  expect(stdout).toContain('The target has no room left.');
  expect(stdout).toContain('Next: towpath resume r1');
  const killed = await runCli(['status'], {
    fake: createFakeEngine({ status: async () => fakeStatus({ state: 'copying' }) }),
  });
  expect(killed.stdout).toContain('its process is gone');
});

test('progress and watch in the fixed shape', async () => {
  const half = fakeStatus({
    state: 'paused',
    entities: [fakeEntity({ state: 'copying', totalRecords: 20, rowsRead: 10 })],
  });
  const fake = createFakeEngine({ status: async () => half });
  const { stdout } = await runCli(['progress', 'r1', '--json'], { fake });
  expect(progressShape.parse(JSON.parse(stdout)).progress).toMatchObject({
    percentComplete: 50,
    recordsRemaining: 10,
    estimatedTimeRemaining: null,
  });
  const watched = await runCli(['watch', 'r1', '--json'], { fake });
  for (const line of watched.stdout.trim().split('\n')) progressShape.parse(JSON.parse(line));
});

test('watch ends when the run does', async () => {
  const states = ['copying', 'copying', 'completed'];
  const fake = createFakeEngine({
    status: async () => fakeStatus({ state: states.shift() ?? 'completed', alive: true }),
  });
  const { code, stdout } = await runCli(['watch', '--interval', '0.2'], { fake });
  expect(code).toBe(0);
  expect(stdout).toContain('Run r1: completed.');
});

test('pause, cancel, list and cleanup', async () => {
  const pause = await runCli(['pause', 'r1']);
  expect(pause.fake.asked[0]).toEqual({ method: 'requestPause', values: ['r1', 'tester'] });
  expect(pause.stdout).toContain('towpath resume r1');
  const cancel = await runCli(['cancel', 'r1']);
  expect(cancel.fake.asked[0]).toEqual({ method: 'requestCancel', values: ['r1', 'tester'] });
  const list = await runCli(['list', '--json']);
  expect(JSON.parse(list.stdout).runs[0]).toMatchObject({ runId: 'r1', entities: 2, written: 18 });
  const cleanup = await runCli(['cleanup', '--days', '7']);
  expect(cleanup.fake.asked[0]).toEqual({ method: 'cleanup', values: [{ olderThanDays: 7 }] });
});

test('resume and --restart-from-batch', async () => {
  const { fake } = await runCli(['resume', 'r1', '--restart-from-batch', '12']);
  expect(fake.asked[0]).toMatchObject({ method: 'resume', values: ['r1', { restartFromBatch: 12 }] });
});

test('an error is a sentence and a next step; no stack, no secret, whatever was thrown', async () => {
  const thrown = [
    new TypeError("cannot read 'x' of someone@example.com"),
    Object.assign(new Error('invalid input syntax: "Jane Roe"'), { code: '22P02' }),
    new MigrationError({
      code: 'X',
      message: 'Lost postgres://user:hunter2@host/db',
      hint: 'Use password=hunter2 again.',
      cause: new Error('inner'),
    }),
    'a string',
  ];
  for (const error of thrown) {
    const fake = createFakeEngine({ status: async () => Promise.reject(error) });
    const { code, stdout, stderr, fake: used } = await runCli(['status', '--json', '--verbose'], { fake });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Error: [^\n]+\nNext: [^\n]+\nMore: [^\n]+\nCode: [^\n]+\n$/);
    expect(stdout + stderr).not.toMatch(/hunter2|Jane|someone@|\bat .*:\d+:\d+/);
    errorShape.parse(JSON.parse(stdout));
    expect(used.closed()).toBe(true);
  }
});
