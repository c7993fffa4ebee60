/**
 * Code in the sandbox with every check on: rows per second through a warm container with two batches in flight, and how
 * long the first row takes from nothing. The way there and back is measured: text of columns in, checked text out.
 */
import { type CodeUnit, createSandbox, type Sandbox, SandboxError } from '../sandbox/index.ts';
import { median, type Outcome, verdict } from './measurement.ts';
import type { Row } from './row.ts';

const ASK_ROWS_A_SECOND = 200_000;
const ASK_START_MILLISECONDS = 200;
const BATCH = 1000;
const IN_FLIGHT = 2;
const STARTS = 7;

const names = {
  what: 'code in the sandbox, warm, 10 columns of about 300 bytes, two batches in flight',
  ask: 'at least 200 000 rows/s',
};
const startNames = { what: 'code in the sandbox, from no container to the first row', ask: 'at most 200 ms' };

const unit: CodeUnit = {
  source: `
    interface Row { id: number; name: string; email: string; created: string; amount: string; city: string; note: string; status: string; phone: string; street: string }
    export default function transform(row: Row) {
      const [first, ...rest] = row.name.split(' ');
      const created = new Date(row.created);
      return {
        id: row.id, first, last: rest.join(' '), email: row.email.trim().toLowerCase(), year: created.getUTCFullYear(),
        day: created.toISOString().slice(0, 10), amount: Math.round(Number(row.amount) * 100) / 100, city: row.city,
        note: row.note, active: row.status === 'A',
      };
    }`,
  reads: ['id', 'name', 'email', 'created', 'amount', 'city', 'note', 'status', 'phone', 'street'],
  readAs: ['number', ...Array.from({ length: 9 }, () => 'string' as const)],
  writes: ['id', 'first', 'last', 'email', 'year', 'day', 'amount', 'city', 'note', 'active'],
};

export const sandboxCode: Row = {
  id: 'sandbox',
  ...names,
  needs: [],
  async measure({ options, say }) {
    const sandbox = createSandbox({ ahead: false });
    try {
      const batches = makeBatches(Math.max(20, Math.round(400 * options.scale)));
      const starts = await measureStarts(sandbox);
      const runs: Run[] = [];
      for (let run = 1; run <= options.runs; run++) runs.push(await measureRows(sandbox, batches));
      say(`sandbox: ${runs.length} runs of ${batches.length * BATCH} rows`);
      return [throughput(runs, batches.length * BATCH), coldStart(starts)];
    } catch (error) {
      if (!(error instanceof SandboxError) || !error.kind.startsWith('docker-')) throw error;
      return [{ id: sandboxCode.id, ...names, status: 'not-run', reason: `${error.message} ${error.hint}` }];
    } finally {
      await sandbox.close();
    }
  },
};

/** In milliseconds: by the clock, and of processor time of this process, which a busy machine changes less. */
interface Run {
  readonly clock: number;
  readonly processor: number;
}

function throughput(runs: readonly Run[], rows: number): Outcome {
  const times = runs.map(({ clock }) => clock);
  const processor = (median(runs.map((run) => run.processor)) * 1000) / rows;
  const microseconds = (median(times) * 1000) / rows;
  const limit = 1e6 / ASK_ROWS_A_SECOND;
  return {
    ...{ id: sandboxCode.id, ...names, value: microseconds, limit, samples: { towpath: times } },
    status: verdict(microseconds, limit),
    figure: `${Math.round(1e6 / microseconds).toLocaleString('en')} rows/s`,
    notes: [
      `Batches of ${BATCH} rows; types and values of every row are checked on both sides of the border.`,
      `This side took ${processor.toFixed(1)} µs of processor time a row; the container’s one thread bounds the rest.`,
    ],
  };
}

function coldStart(starts: readonly number[]): Outcome {
  const value = median(starts);
  return {
    ...{
      id: sandboxCode.id,
      ...startNames,
      value,
      limit: ASK_START_MILLISECONDS,
      samples: { towpath: starts },
    },
    status: verdict(value, ASK_START_MILLISECONDS),
    figure: `${value.toFixed(0)} ms`,
    notes: [
      'The image is there. A migration keeps one container ahead, so it waits only for the first of them.',
    ],
  };
}

async function measureStarts(sandbox: Sandbox): Promise<number[]> {
  const samples: number[] = [];
  for (let start = 0; start <= STARTS; start++) {
    const started = performance.now();
    const runner = await sandbox.open(unit);
    await runner.run([makeRow(start)]);
    samples.push(performance.now() - started);
    await runner.close();
  }
  return samples.slice(1); // the first one looks for the image
}

async function measureRows(sandbox: Sandbox, batches: readonly (readonly string[][])[]): Promise<Run> {
  const runner = await sandbox.open(unit);
  try {
    for (const batch of batches.slice(0, 10)) await runner.run(batch);
    const started = performance.now();
    const used = process.cpuUsage();
    let next = 0;
    const lane = async () => {
      for (let at = next++; at < batches.length; at = next++) check(await runner.run(batches[at]!), at);
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    const { user, system } = process.cpuUsage(used);
    return { clock: performance.now() - started, processor: (user + system) / 1000 };
  } finally {
    await runner.close();
  }
}

/** Fast and wrong is not fast. */
function check(
  outcomes: Awaited<ReturnType<Awaited<ReturnType<Sandbox['open']>>['run']>>,
  batch: number,
): void {
  const last = outcomes[BATCH - 1];
  const id = String(batch * BATCH + BATCH - 1);
  const isRight =
    outcomes.length === BATCH &&
    last?.ok &&
    last.cells[0] === id &&
    last.cells[3] === `anna.muster${id}@example.org`;
  if (!isRight) throw new Error(`Batch ${batch} came back wrong: ${JSON.stringify(last)}`);
}

function makeBatches(count: number): string[][][] {
  return Array.from({ length: count }, (_, batch) =>
    Array.from({ length: BATCH }, (_, index) => makeRow(batch * BATCH + index)),
  );
}

/** About 300 bytes. */
function makeRow(id: number): string[] {
  return [
    String(id),
    `Anna Maria Muster ${id}`,
    ` Anna.Muster${id}@Example.ORG `,
    `2020-01-0${1 + (id % 9)} 10:00:00+00`,
    (id * 1.2345).toFixed(4),
    'Winterthur',
    'A note of a length that people write, '.repeat(3),
    id % 2 === 0 ? 'A' : 'B',
    '+41 52 000 00 00',
    `Bahnhofstrasse ${id}`,
  ];
}
