/**
 * Builds the legacy sample database.
 *
 * Promises: same seed, scale and defect rate → the same rows, byte for byte, on every server from 11 to 18; every planted
 * defect is listed in `sample.sample_defects`; all or nothing, in one transaction (statistics are gathered after it).
 * Relies on: a UTF-8 database the session may create schemas and tables in, outside a transaction.
 * Order: tables, rows, primary keys and indexes, defects (they need the keys), foreign keys, sequences. Rejected: keys
 * before rows (three times slower) and several connections (the last large table dominates anyway).
 */
import pg from 'pg';
import { MigrationError } from '../engine/core/errors.ts';
import type { DefectKind, Expected } from './defect-kinds.ts';
import { layOutDefects } from './defect-layout.ts';
import { type SampleStep, sampleSteps } from './sample-steps.ts';
import { allTables, type Sizes, sampleTables, sizesAt } from './tables.ts';

/** One connection; a Session of engine/db is one. A pool is not: it has no `client`, and would scatter the transaction. */
export interface SampleSession {
  readonly client: unknown;
  query<T>(text: string, values?: unknown[]): Promise<T[]>;
}

export interface SampleOptions {
  /** 0.002 (tests) … 0.02 (demo) … 1 (benchmark) … 100. */
  readonly scale: number;
  /** Any integer that fits 32 bits; default 1. */
  readonly seed?: number;
  /** Share of rows with a planted defect, 0 (clean) to 0.05; default 0.0005. */
  readonly defectRate?: number;
  /** Drops an earlier sample first. Without it a database that holds one is refused. */
  readonly replace?: boolean;
  readonly onProgress?: (progress: SampleProgress) => void;
}

export interface SampleProgress {
  readonly stage: SampleStep['stage'];
  readonly table: string | null;
  /** Work done and work in all, in the same unit, of no other meaning. */
  readonly done: number;
  readonly total: number;
}

export interface SampleSummary {
  readonly scale: number;
  readonly seed: number;
  readonly defectRate: number;
  /** The 45 entity tables with their rows. */
  readonly tables: readonly { readonly entity: string; readonly table: string; readonly rows: number }[];
  /** Rows of these tables together. */
  readonly rows: number;
  readonly defects: readonly {
    readonly kind: DefectKind;
    readonly expected: Expected;
    readonly count: number;
  }[];
}

/** @throws MigrationError SAMPLE_OPTION_INVALID, SAMPLE_EXISTS, SAMPLE_ENCODING, SAMPLE_UNREACHABLE; errors of pg as they are. */
export async function createSample(
  target: SampleSession | string,
  options: SampleOptions,
): Promise<SampleSummary> {
  const { scale, seed = 1, defectRate = 0.0005 } = options;
  checkSeed(seed);
  const sizes = sizesAt(scale);
  const steps = sampleSteps(sizes, layOutDefects(sizes, defectRate), seed);
  return withSession(target, async (session) => {
    await checkEncoding(session);
    await inTransaction(session, async () => {
      await clearPlace(session, options.replace ?? false);
      await runSteps(session, steps.inside, options.onProgress, 0, steps.total);
    });
    await runSteps(
      session,
      steps.after,
      options.onProgress,
      steps.total - weightOf(steps.after),
      steps.total,
    );
    return { scale, seed, defectRate, ...(await summarise(session, sizes)) };
  });
}

const weightOf = (steps: readonly SampleStep[]) => steps.reduce((sum, step) => sum + step.weight, 0);

async function runSteps(
  session: SampleSession,
  steps: readonly SampleStep[],
  onProgress: SampleOptions['onProgress'],
  before: number,
  total: number,
): Promise<void> {
  let done = before;
  for (const { stage, table, sql, weight } of steps) {
    onProgress?.({ stage, table, done, total });
    await session.query(sql);
    done += weight;
    onProgress?.({ stage, table, done, total });
  }
}

async function inTransaction(session: SampleSession, work: () => Promise<void>): Promise<void> {
  await session.query('begin');
  try {
    await session.query(`
      set local search_path = public; set local timezone = 'UTC'; set local statement_timeout = 0; set local jit = off;
      set local work_mem = '64MB'; set local maintenance_work_mem = '256MB'; set local client_min_messages = warning`);
    await work();
    await session.query('commit');
  } catch (error) {
    await session.query('rollback').catch(() => undefined);
    throw error;
  }
}

function checkSeed(seed: number): void {
  if (Number.isInteger(seed) && Math.abs(seed) < 2 ** 31) return;
  throw new MigrationError({
    code: 'SAMPLE_OPTION_INVALID',
    message: `The sample cannot be built with seed ${seed}.`,
    hint: 'Choose a whole number of at most nine digits.',
    details: { seed },
  });
}

async function checkEncoding(session: SampleSession): Promise<void> {
  const [row] = await session.query<{ encoding: string }>(
    `select current_setting('server_encoding') as encoding`,
  );
  if (row?.encoding === 'UTF8') return;
  throw new MigrationError({
    code: 'SAMPLE_ENCODING',
    message: `The sample needs a UTF-8 database; this one is encoded as ${row?.encoding}.`,
    hint: "Create one with: create database legacy encoding 'UTF8' template template0",
  });
}

/** Only what a sample made is ever dropped: its manifest must be there. */
async function clearPlace(session: SampleSession, replace: boolean): Promise<void> {
  const found = await session.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relname = any($1) or n.nspname = 'sample' and c.relkind = 'r'`,
    [allTables],
  );
  if (found.length === 0) return;
  const isSample = found.some(({ name }) => name === 'sample_defects');
  if (!replace || !isSample) {
    throw new MigrationError({
      code: 'SAMPLE_EXISTS',
      message: `This database already holds ${found.length} tables with names of the sample.`,
      hint: isSample
        ? 'Ask for it to be replaced, or choose an empty database.'
        : 'They were not made by this generator; choose an empty database.',
      details: { tables: found.map(({ name }) => name).sort() },
    });
  }
  await session.query(`drop schema sample cascade; drop table if exists ${allTables.join(', ')} cascade`);
}

async function summarise(session: SampleSession, sizes: Sizes) {
  const defects = await session.query<{ kind: DefectKind; expected: Expected; count: number }>(
    `select kind, expected, count(*)::integer as count from sample.sample_defects group by 1, 2 order by 1, 2`,
  );
  const tables = sampleTables.map(({ entity, table }) => ({ entity, table, rows: sizes.get(table)! }));
  return { tables, rows: tables.reduce((sum, entry) => sum + entry.rows, 0), defects };
}

async function withSession<T>(
  target: SampleSession | string,
  work: (session: SampleSession) => Promise<T>,
): Promise<T> {
  if (typeof target !== 'string') return work(target);
  const client = new pg.Client({ connectionString: target, application_name: 'towpath sample' });
  client.on('error', () => undefined); // a lost connection also fails the query in hand, which reports it
  try {
    await client.connect();
  } catch (cause) {
    throw new MigrationError({
      code: 'SAMPLE_UNREACHABLE',
      message: 'The server for the sample database could not be reached.',
      hint: 'Check that it runs and that host, port, user and password are right.',
      cause,
    });
  }
  try {
    return await work({
      client,
      query: async <Row>(text: string, values?: unknown[]) =>
        (await client.query(text, values)).rows as Row[],
    });
  } finally {
    await client.end();
  }
}
