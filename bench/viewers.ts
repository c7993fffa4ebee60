/**
 * What it costs a migration that fifty people look at it: the same move with the page's server beside it, by turns with nobody
 * who looks and with fifty who each follow the events and ask what the progress screen asks, as often as it asks.
 */
import { readFileSync } from 'node:fs';
import { createSample } from '../sample/create-sample.ts';
import { median, type Outcome, seconds, verdict } from './measurement.ts';
import type { Row } from './row.ts';
import { type Served, servePage } from './serve.ts';
import { makePlan, migrate, type TowpathPlace } from './towpath.ts';
import { type Watching, watchMigration } from './watch-migration.ts';
import { freshTarget, type Workplace } from './workplace.ts';

const SOURCE = 'bench_viewed';
const VIEWERS = 50;
const ASK_SHARE = 0.05;

const names = {
  what: `the whole sample while ${VIEWERS} people look at its progress`,
  ask: 'at most 5 % less throughput than with nobody who looks',
};

export const viewers: Row = {
  id: 'viewers',
  ...names,
  needs: [],
  async measure(workplace) {
    const { scale, runs } = workplace.options;
    await workplace.source.createDatabase(SOURCE);
    workplace.say(`  building the sample at scale ${scale}`);
    const { rows } = await createSample(workplace.source.url(SOURCE), { scale });
    const moves: Record<'alone' | 'viewed', Move[]> = { alone: [], viewed: [] };
    for (let run = 1; run <= runs; run++) {
      // who begins takes turns as well
      const order = run % 2 === 1 ? (['alone', 'viewed'] as const) : (['viewed', 'alone'] as const);
      for (const way of order) moves[way].push(await move(workplace, rows, way === 'viewed' ? VIEWERS : 0));
      const [alone, viewed] = [moves.alone.at(-1)!, moves.viewed.at(-1)!];
      workplace.say(
        `  run ${run}: ${seconds(alone.milliseconds)} alone, ${seconds(viewed.milliseconds)} viewed`,
      );
    }
    await workplace.source.dropDatabase(SOURCE);
    return [compared(moves.alone, moves.viewed, scale)];
  },
};

interface Move {
  /** Of the run. */
  readonly milliseconds: number;
  /** Processor time of the page's server meanwhile; null where the system does not tell. */
  readonly serverMilliseconds: number | null;
  /** Of this process, which plays those who look. */
  readonly playingMilliseconds: number;
  readonly answers: number;
  readonly events: number;
}

async function move(workplace: Workplace, rows: number, people: number): Promise<Move> {
  const target = await freshTarget(workplace, 'bench_viewed');
  const place: TowpathPlace = { source: workplace.source.url(SOURCE), target, plan: 'viewed' };
  await makePlan(workplace, place);
  const served = await servePage(workplace, place);
  let watching: Watching | null = null;
  try {
    watching = await watchMigration(served, people);
    const before = processorTime(served);
    const playedBefore = process.cpuUsage();
    const { runMilliseconds } = await migrate(workplace, place, 'all', rows, '--no-validate');
    const after = processorTime(served);
    const played = process.cpuUsage(playedBefore);
    const { answers, events, wrong } = watching.seen();
    if (wrong.length > 0) throw new Error(`A viewer was refused: ${wrong[0]}`);
    if (people > 0 && events < people) throw new Error('The viewers were told nothing.');
    const serverMilliseconds = before === null || after === null ? null : after - before;
    const playingMilliseconds = (played.user + played.system) / 1000;
    return { milliseconds: runMilliseconds, serverMilliseconds, playingMilliseconds, answers, events };
  } finally {
    await watching?.end();
    await served.end();
  }
}

/** Milliseconds; Linux only, which counts in hundredths of a second. */
function processorTime({ process: pid }: Served): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

function compared(alone: readonly Move[], viewed: readonly Move[], scale: number): Outcome {
  const times = (moves: readonly Move[]) => moves.map(({ milliseconds }) => milliseconds);
  const value = 1 - median(times(alone)) / median(times(viewed));
  const limit = scale === 1 ? ASK_SHARE : null; // the bar speaks of scale 1
  const last = viewed.at(-1)!;
  const percent = (milliseconds: number) => `${Math.round((100 * milliseconds) / last.milliseconds)} %`;
  return {
    ...{ id: viewers.id, ...names, value, limit, status: verdict(value, limit) },
    figure: `${(100 * value).toFixed(1)} % less (${seconds(median(times(alone)))} to ${seconds(median(times(viewed)))})`,
    samples: { alone: times(alone), viewed: times(viewed) },
    notes: [
      `In the last run they were given ${last.answers} answers and ${last.events} events.`,
      ...(last.serverMilliseconds === null
        ? []
        : [`The page's server took ${percent(last.serverMilliseconds)} of one core meanwhile.`]),
      `Those who look are played by this process, on the same cores; it took ${percent(last.playingMilliseconds)} of one.`,
    ],
  };
}
