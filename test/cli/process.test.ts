/** The command line as people start it, on the real engine and real databases. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSample } from '../../sample/create-sample.ts';
import { defineTemplate, useTestDatabase } from '../helpers/test-database.ts';
import { errorShape, progressShape, successShape, validationShape } from './json-shapes.ts';
import { makeFolder } from './run-cli.ts';
import { type ProcessOptions, runProcess } from './run-process.ts';

const sample = defineTemplate('cli_sample', async (url) => {
  await createSample(url, { scale: 0.002 });
});

const plainError = /^Error: [^\n]+\nNext: [^\n]+\nMore: docs\/recovery\.md#[a-z_]+\n$/;

test('help answers without loading the engine', async () => {
  const { code, stdout, stderr } = await runProcess(['--help'], { folder: makeFolder() });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('towpath demo');
});

describe('the journey on two databases', () => {
  const source = useTestDatabase(sample);
  const target = useTestDatabase('supabase');
  // Made by the first test, used by the next ones: they are steps of one journey.
  let options: ProcessOptions;

  const towpath = (line: string, more: Partial<ProcessOptions> = {}) =>
    runProcess(line.split(' '), { ...options, ...more });

  async function prepare(): Promise<void> {
    const folder = mkJourneyFolder();
    writeFileSync(
      join(folder, '.env'),
      `SOURCE_DATABASE_URL=${source.url}\nTARGET_DATABASE_URL=${target.url}\n`,
    );
    options = { folder };
  }

  test('reading a target that holds no run yet makes nothing there', async () => {
    await prepare();
    const { code, stderr } = await towpath('status');
    expect(code).toBe(2);
    expect(stderr).toMatch(plainError);
    expect(await target.query("select from pg_namespace where nspname = 'towpath'")).toEqual([]);
  });

  test('preflight, analyze, plan, map, rehearse', async () => {
    for (const [line, words] of [
      ['preflight', 'checks passed'],
      ['analyze --schema public', '52 tables'],
      ['plan --name journey', '45 entities'],
      ['map answer --all-recommended', 'Nothing has to be answered any more'],
      ['map --examples 0', 'The plan holds together'],
      ['map --entities orders', ' UTC'],
      ['map --unsure --examples 0', 'The plan holds together'],
      ['map --drift', 'Nothing has changed in the tables'],
      ['map --diff towpath.plan.yaml', 'Both plans would do the same'],
      ['rehearse --sample 50', 'The rehearsal went through'],
    ] as const) {
      const { code, stdout, stderr } = await towpath(line);
      expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: expect.not.stringContaining('Error') });
      if (words === '52 tables')
        expect(stdout).toMatch(/\d+ tables? of the old software itself can stay behind/);
      else expect(stdout).toContain(words);
    }
  }, 240_000);

  test('without an approval nothing moves', async () => {
    const { code, stderr } = await towpath('migrate');
    expect(code).toBe(4);
    expect(stderr).toMatch(plainError);
    expect(stderr).toContain('towpath approve');
    expect(await target.query("select from pg_class where relname = 'offices' and relkind = 'r'")).toEqual(
      [],
    );
  });

  test('an entity that does not exist: 2 and the nearest name', async () => {
    const { code, stderr } = await towpath('migrate docters --yes');
    expect(code).toBe(2);
    expect(stderr).toMatch(plainError);
    expect(stderr).toContain('doctors');
  });

  test('an entity whose parents are not there: says which, as JSON in the fixed shape', async () => {
    const { code, stdout } = await towpath('migrate doctors --yes --json');
    expect(code).toBe(3);
    const { error } = errorShape.parse(JSON.parse(stdout));
    expect(error.code).toBe('DEPENDENCY_NOT_MET');
    expect(error.details.missingDependencies).toEqual(expect.arrayContaining(['profiles']));
  });

  test('a dry run reads everything and writes nothing', async () => {
    const { code, stdout } = await towpath('migrate --dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('nothing was written');
    expect(await target.query("select from pg_class where relname = 'offices' and relkind = 'r'")).toEqual(
      [],
    );
  });

  test('a plan edited after its approval is refused, both hashes named', async () => {
    const approved = JSON.parse((await towpath('approve --yes --json')).stdout).approval.planHash;
    const file = join(options.folder, 'towpath.plan.yaml');
    const text = readFileSync(file, 'utf8');
    const edited = text.replace('maxFailureRate: 0.01', 'maxFailureRate: 0.02');
    expect(edited).not.toBe(text);
    writeFileSync(file, edited);
    const { code, stderr } = await towpath('migrate');
    expect(code).toBe(4);
    expect(stderr).toContain(approved);
    expect(stderr.match(/[0-9a-f]{64}/g)?.length).toBe(2);
    writeFileSync(file, text);
  });

  test('the gate closes over planted defects with 5; interrupted by nobody, everything is as JSON says', async () => {
    const { code, stdout, stderr } = await towpath('migrate --json');
    expect(code).toBe(5);
    expect(stderr).toMatch(plainError);
    expect(errorShape.parse(JSON.parse(stdout)).error.code).toBe('GATE_CLOSED');
    const { runId } = JSON.parse(stdout);
    expect(
      JSON.parse(readFileSync(join(options.folder, 'checkpoints', `${runId}.json`), 'utf8')),
    ).toMatchObject({
      runId,
      state: 'failed',
    });
    const rollback = await towpath(`rollback ${runId} --confirm`);
    expect(rollback.code).toBe(0);
  });

  test('Ctrl-C pauses with 130 and tells how to resume; resume finishes', async () => {
    let pressed = false;
    const paused = await towpath('migrate --yes --max-failure-rate 0.5', {
      env: { TOWPATH_FAILPOINT: 'batch.before-commit:20=pause:1500' },
      onOutput: (text, child) => {
        if (pressed || !text.includes('(5 of 45)')) return;
        pressed = true;
        child.kill('SIGINT');
      },
    });
    expect(paused.code).toBe(130);
    const runId = /towpath resume (\S+)/.exec(paused.stderr)?.[1];
    expect(runId).toBeDefined();
    expect(JSON.parse((await towpath(`progress ${runId} --json`)).stdout)).toSatisfy(
      (value) => progressShape.parse(value) !== null,
    );
    const resumed = await towpath(`resume ${runId} --json`);
    expect(resumed.stderr).toBe('');
    expect(resumed.code).toBe(0);
    expect(successShape.parse(JSON.parse(resumed.stdout))).toMatchObject({
      outcome: 'COMPLETED',
      validation: { recordCountMatch: true, referentialIntegrity: true, dataQuality: true },
    });
  });

  test('again: nothing moves, ALREADY_MIGRATED', async () => {
    const { code, stdout } = await towpath('migrate --yes --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'ALREADY_MIGRATED', results: { successful: 0 } });
  });

  test('validate, report, quarantine, list, rollback', async () => {
    const runs = JSON.parse((await towpath('list --json')).stdout).runs as {
      runId: string;
      state: string;
      written: number;
    }[];
    const { runId } = runs.find((run) => run.state === 'completed' && run.written > 0)!;
    const validated = await towpath(`validate all ${runId} --json`);
    expect(validated.code).toBe(0);
    expect(validationShape.parse(JSON.parse(validated.stdout)).validation.overallStatus).toBe('verified');
    const report = await towpath(`report ${runId}`);
    expect(report.stdout).toContain('match the old one, field by field');
    expect(readdirSync(join(options.folder, 'reports')).sort()).toEqual([
      `${runId}.html`,
      `${runId}.json`,
      `${runId}.md`,
    ]);
    const causes = JSON.parse((await towpath(`quarantine list --run ${runId} --json`)).stdout).causes as {
      rows: number;
      outcome: string;
    }[];
    const planted = await source.query<{ expected: string; rows: number }>(
      'select expected, count(*)::integer as rows from sample.sample_defects group by 1',
    );
    for (const outcome of ['quarantined', 'repaired']) {
      const rows = causes
        .filter((cause) => cause.outcome === outcome)
        .reduce((sum, cause) => sum + cause.rows, 0);
      expect({ outcome, rows }).toEqual({
        outcome,
        rows: planted.find(({ expected }) => expected === outcome)?.rows,
      });
    }
    const exported = JSON.parse((await towpath(`quarantine export --run ${runId} --json`)).stdout);
    expect(exported.rows).toBe(planted.find(({ expected }) => expected === 'quarantined')?.rows);
    expect((await towpath(`rollback ${runId}`)).code).toBe(4);
    expect((await towpath(`rollback ${runId} --confirm`)).code).toBe(0);
    expect(await target.query("select from pg_class where relname = 'offices' and relkind = 'r'")).toEqual(
      [],
    );
  });

  test('the log tells what happened, without a secret or an address of a person', async () => {
    const [name] = readdirSync(join(options.folder, 'logs'));
    const text = readFileSync(join(options.folder, 'logs', name!), 'utf8');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'migration.started',
        'entity.completed',
        'gate.closed',
        'migration.paused',
        'migration.completed',
      ]),
    );
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(
        expect.arrayContaining([
          'timestamp',
          'level',
          'component',
          'entity',
          'action',
          'correlationId',
          'details',
        ]),
      );
    }
    const password = new URL(source.url).password;
    expect(text).not.toContain(password);
    expect(text).not.toMatch(/[\w.]+@[\w-]+\.\w+/);
  });

  function mkJourneyFolder(): string {
    return makeFolder({ keep: true });
  }
});

describe('a server that does not answer as hoped', () => {
  const source = useTestDatabase();

  test.each([
    ['wrong password', (url: string) => url.replace(/:[^:@/]+@/, ':not-the-password@'), 1],
    ['unreachable port', (url: string) => url.replace(/:\d+\//, ':1/'), 1],
    ['unknown host', () => 'postgres://user:not-the-password@no-such-host.invalid/db', 1],
    ['unknown database', (url: string) => url.replace(/\/[^/]+$/, '/nowhere'), 1],
    ['not an address', () => 'mysql://user:not-the-password@localhost/db', 2],
  ])('%s: one sentence, a next step, no secret', async (_, change, expected) => {
    const { code, stdout, stderr } = await runProcess(['analyze'], {
      folder: makeFolder(),
      env: { SOURCE_DATABASE_URL: change(source.url), SOURCE_DB_SSL: 'disable' },
    });
    expect(code).toBe(expected);
    expect(stdout).toBe('');
    expect(stderr).toMatch(plainError);
    expect(stderr).not.toContain('not-the-password');
  });

  test('nothing configured: says what to set', async () => {
    const { code, stderr } = await runProcess(['preflight'], { folder: makeFolder() });
    expect(code).toBe(2);
    expect(stderr).toMatch(plainError);
    expect(stderr).toContain('towpath init');
  });
});
