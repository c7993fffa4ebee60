/**
 * The move of the small sample: one source for all tests, an own target for each, and what an uninterrupted run makes of it.
 * All targets get the same secret namespace, so that the same row has the same id in each.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { parse } from 'yaml';
import { type PlanFile, planFile } from '../../engine/plan/plan-file.ts';
import { createSample } from '../../sample/create-sample.ts';
import {
  createTestDatabase,
  defineTemplate,
  type TestDatabase,
  useTestDatabase,
} from '../helpers/test-database.ts';
import { fixNamespace } from './fixed-namespace.ts';
import { readContent, type TargetContent } from './target-content.ts';
import { createWorkplace, type Ended, type Started, type Workplace } from './towpath-process.ts';

/** Small enough for many runs, large enough for tables of several batches. */
const SCALE = 0.003;
export const BATCH_SIZE = 100;
/** Defects are planted; no gate is to close on them here. */
const MIGRATE = `migrate all --batch-size ${BATCH_SIZE} --max-concurrency 3 --max-failure-rate 1 --yes --json`;

const sample = defineTemplate('sample_for_scenarios', async (url) => {
  await createSample(url, { scale: SCALE, defectRate: 0.005 });
});

interface FirstMove {
  readonly plan: string;
  readonly whole: TargetContent;
}

/** The plan and what an uninterrupted move by it leaves: made by the first file that asks, the same for all others. */
const firstMove = defineTemplate('first_move_for_scenarios', async (url) => {
  const source = await createTestDatabase(sample);
  const move = await openMove(source.url);
  try {
    succeeded(await move.run('plan --name sample --schema public'));
    succeeded(await move.run('map answer --all-recommended'));
    succeeded(await move.migrate());
    const told: FirstMove = { plan: readFileSync(planOf(move), 'utf8'), whole: await move.content() };
    await keepFirstMove(url, told);
  } finally {
    await closeAll([move]);
    await source.drop();
  }
});

async function keepFirstMove(url: string, told: FirstMove): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create table first_move (told json not null)');
  await client.query('insert into first_move values ($1)', [JSON.stringify(told)]);
  await client.end();
}

export interface Move extends Workplace {
  readonly target: TestDatabase;
  /** Starts the migration; `options` are further words. */
  migrate(failpoint?: string, options?: string): Promise<Ended>;
  /** The same, without waiting for its end. */
  startMigrate(failpoint?: string, options?: string): Promise<Started>;
  /** Continues the newest run. */
  resume(failpoint?: string, options?: string): Promise<Ended>;
  runId(): Promise<string>;
  state(): Promise<string>;
  content(): Promise<TargetContent>;
}

export interface SampleMoves {
  readonly source: TestDatabase;
  /** What an uninterrupted run leaves. */
  readonly whole: TargetContent;
  /** An own target; gone after the test file. */
  open(): Promise<Move>;
  planText(): string;
}

/** Call at the top of a test file. */
export function useSampleMoves(): SampleMoves {
  const source = useTestDatabase(sample);
  const opened: Move[] = [];
  let first: FirstMove | undefined;

  async function open(): Promise<Move> {
    const move = await openMove(source.url);
    opened.push(move);
    writeFileSync(planOf(move), first!.plan);
    return move;
  }

  beforeAll(async () => {
    const kept = await createTestDatabase(firstMove);
    const [row] = await kept.query<{ told: FirstMove }>('select told from first_move');
    first = row!.told;
    await kept.drop();
  });
  afterAll(() => closeAll(opened));
  return {
    source,
    get whole() {
      return first!.whole;
    },
    open,
    planText: () => first!.plan,
  };
}

async function closeAll(moves: readonly Move[]): Promise<void> {
  for (const move of moves) {
    move.remove();
    await move.target.drop();
  }
}

/** Of a long document only what went wrong. */
function problems(stdout: string): string {
  const at = stdout.search(/"(error|notVerified|validation)": [{[]/);
  return stdout.slice(Math.max(0, at)).slice(0, 4000);
}

/** Fails with what the command said. */
export function succeeded(ended: Ended): Ended {
  expect(ended, `${problems(ended.stdout)}\n${ended.stderr.slice(-3000)}`).toMatchObject({
    code: 0,
    signal: null,
  });
  return ended;
}

export function killed(ended: Ended): void {
  expect(ended, `not killed: ${ended.stdout}\n${ended.stderr}`).toMatchObject({ signal: 'SIGKILL' });
}

async function openMove(sourceUrl: string): Promise<Move> {
  const target = await createTestDatabase('supabase');
  const workplace = createWorkplace({ source: sourceUrl, target: target.url });
  const failing = (failpoint?: string) => (failpoint === undefined ? {} : { TOWPATH_FAILPOINT: failpoint });
  const newest = async () => {
    const [run] = await target.query<{ id: string; state: string }>(
      `select run_id as id, state from towpath.migration_control where mode <> 'seed' order by started_at desc limit 1`,
    );
    return run!;
  };
  const startMigrate = async (failpoint?: string, options = '') => {
    await fixNamespace(target, 'sample');
    return workplace.start(`${MIGRATE}${options && ` ${options}`}`, failing(failpoint));
  };
  return {
    ...workplace,
    target,
    migrate: async (failpoint, options) => (await startMigrate(failpoint, options)).ended,
    startMigrate,
    async resume(failpoint, options = '') {
      const words = `resume ${(await newest()).id} --batch-size ${BATCH_SIZE} --json`;
      return workplace.run(`${words}${options && ` ${options}`}`, failing(failpoint));
    },
    runId: async () => (await newest()).id,
    state: async () => (await newest()).state,
    content: () => readContent(target.query, parsedPlan(workplace)),
  };
}

function planOf({ folder }: Pick<Workplace, 'folder'>): string {
  return join(folder, 'towpath.plan.yaml');
}

function parsedPlan(workplace: Workplace): PlanFile {
  return planFile.parse(parse(readFileSync(planOf(workplace), 'utf8')));
}
