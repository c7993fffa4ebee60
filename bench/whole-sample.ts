/**
 * The whole sample: Towpath’s migration, without and with full validation, against `pgcopydb clone` of the same source.
 * Peak memory of the Towpath process is read on the way.
 */
import { createSample } from '../sample/create-sample.ts';
import { type Measured, median, type Outcome, ratioOf, seconds, verdict } from './measurement.ts';
import { missingPrograms } from './programs.ts';
import type { Row } from './row.ts';
import { type CommandRun, runCommand } from './run-command.ts';
import { makePlan, migrate, type TowpathPlace } from './towpath.ts';
import { freshTarget, type Workplace } from './workplace.ts';

const SOURCE = 'bench_sample';
const LOAD_ASK = 1.8;
const VALIDATED_ASK = 3.0;
const MEMORY_ASK = 256 * 2 ** 20;

const WITH_PEER = ['pgcopydb', 'postgresql-15'] as const;

export const wholeSample: Row = {
  id: 'whole',
  what: 'the whole sample, against pgcopydb clone --table-jobs 4 --index-jobs 2',
  ask: `at most ${LOAD_ASK} ×, stretch 1.2; with full validation ${VALIDATED_ASK.toFixed(1)} ×, stretch 2.0; peak memory 256 MB`,
  needs: [],
  async measure(workplace) {
    const { scale, runs } = workplace.options;
    await workplace.source.createDatabase(SOURCE);
    workplace.say(`  building the sample at scale ${scale}`);
    const { rows } = await createSample(workplace.source.url(SOURCE), { scale });
    const missing = missingPrograms(WITH_PEER, workplace.programs);
    const times: Times = { rows, scale, peer: [], load: [], validated: [], validationFailed: null };
    for (let run = 1; run <= runs; run++) {
      if (missing === null) times.peer.push(await clone(workplace, run));
      times.load.push(await move(workplace, rows, '--no-validate'));
      if (times.validationFailed === null) await moveAndValidate(workplace, times);
      workplace.say(`  run ${run}: ${toldRun(times)}`);
    }
    await workplace.source.dropDatabase(SOURCE);
    return missing === null ? compared(times) : alone(times, missing);
  },
};

interface Times {
  readonly rows: number;
  readonly scale: number;
  /** Milliseconds. */
  readonly peer: number[];
  readonly load: CommandRun[];
  readonly validated: CommandRun[];
  /** Why the run with validation did not end; the load is told all the same. */
  validationFailed: string | null;
}

async function clone({ source, folder, ...workplace }: Workplace, run: number): Promise<number> {
  const target = await freshTarget({ source, folder, ...workplace }, 'bench_clone');
  const args = [
    'clone',
    '--source',
    source.url(SOURCE),
    '--target',
    target,
    '--table-jobs',
    '4',
    '--index-jobs',
    '2',
  ];
  const { milliseconds } = await runCommand('pgcopydb', [...args, '--dir', `${folder}/pgcopydb-${run}`], {
    cwd: folder,
    env: { PGCOPYDB_LOG_LEVEL: 'error' },
  });
  return milliseconds;
}

async function move(
  workplace: Workplace,
  rows: number,
  validation: '--validate' | '--no-validate',
): Promise<CommandRun> {
  const target = await freshTarget(workplace, 'bench_towpath');
  const place: TowpathPlace = { source: workplace.source.url(SOURCE), target, plan: 'sample' };
  await makePlan(workplace, place);
  return migrate(workplace, place, 'all', rows, validation);
}

async function moveAndValidate(workplace: Workplace, times: Times): Promise<void> {
  try {
    times.validated.push(await move(workplace, times.rows, '--validate'));
  } catch (error) {
    times.validationFailed = error instanceof Error ? error.message : String(error);
  }
}

function toldRun({ peer, load, validated }: Times): string {
  const clone = peer.length === 0 ? '' : `, pgcopydb ${seconds(peer.at(-1)!)}`;
  const checked =
    validated.length === 0 ? '' : `, with validation ${seconds(validated.at(-1)!.milliseconds)}`;
  return `load ${seconds(load.at(-1)!.milliseconds)}${checked}${clone}`;
}

const wall = (runs: readonly CommandRun[]) => runs.map(({ milliseconds }) => milliseconds);

function compared(times: Times): Outcome[] {
  const { rows, scale, peer, load, validated, validationFailed } = times;
  const row = (id: string, what: string, ask: string, asked: number, ours: number[]): Measured => {
    // the bar speaks of scale 1
    const limit = scale === 1 ? asked : null;
    const ratio = ratioOf(ours, peer);
    const samples = { towpath: ours, pgcopydb: peer };
    return { id, what, ask, ...ratio, status: verdict(ratio.value, limit), limit, samples, notes: [] };
  };
  const all = `${rows.toLocaleString('en-US')} rows, 45 entities`;
  const checked = {
    id: 'whole-validated',
    what: 'the same with every row and column compared',
    ask: 'at most 3.0 ×, stretch 2.0',
  };
  return [
    row(
      'whole',
      `${all}, everything built ÷ pgcopydb clone`,
      'at most 1.8 ×, stretch 1.2',
      LOAD_ASK,
      wall(load),
    ),
    validationFailed === null
      ? row(checked.id, checked.what, checked.ask, VALIDATED_ASK, wall(validated))
      : { ...checked, status: 'failed', reason: validationFailed },
    memory(times),
  ];
}

/** Without the peer there is no ratio, but there are times and memory. */
function alone(times: Times, missing: string): Outcome[] {
  const peerless = { ask: wholeSample.ask, status: 'not-run', reason: missing } as const;
  const checked =
    times.validationFailed === null
      ? seconds(median(wall(times.validated)))
      : `failed (${times.validationFailed})`;
  const told = `Towpath alone: load ${seconds(median(wall(times.load)))}, with validation ${checked}`;
  return [
    { id: 'whole', what: `the whole sample ÷ pgcopydb clone. ${told}`, ...peerless },
    { id: 'whole-validated', what: 'the same with every row and column compared', ...peerless },
    memory(times),
  ];
}

function memory({ load, validated }: Times): Outcome {
  const what = 'peak memory of the Towpath process';
  const ask = 'at most 256 MB at any scale';
  const peaks = [...load, ...validated].map(({ peakBytes }) => peakBytes).filter((bytes) => bytes !== null);
  if (peaks.length === 0)
    return { id: 'memory', what, ask, status: 'not-run', reason: 'this system has no /proc' };
  const value = Math.max(...peaks);
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  return {
    ...{ id: 'memory', what, ask, value, limit: MEMORY_ASK, status: verdict(value, MEMORY_ASK) },
    figure: `${megabytes(value)} (highest of ${peaks.length} runs; load alone ${megabytes(Math.max(...load.map(({ peakBytes }) => peakBytes ?? 0)))})`,
    samples: {
      load: load.map(({ peakBytes }) => peakBytes ?? 0),
      validated: validated.map(({ peakBytes }) => peakBytes ?? 0),
    },
    notes: [],
  };
}
