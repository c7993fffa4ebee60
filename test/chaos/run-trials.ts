/**
 * Plays trials side by side, each lane one after the other, until all are played. Whatever a trial does, the next one finds servers that
 * run: a lane in which a trial itself broke is taken down and opened anew. Nothing is left behind: processes, mounts, folders.
 */
import { rmSync } from 'node:fs';
import { makeOwnFolder, sweepAbandoned } from './abandoned.ts';
import { drawSchedule } from './draw-schedule.ts';
import { type Lane, openLane } from './lane.ts';
import { createReferences, makeReference, type Reference } from './reference.ts';
import { describeFault, faultsOf, type Schedule } from './schedule.ts';
import { type Summary, summarize } from './summary.ts';
import { runTrial, type TrialResult } from './trial.ts';

export interface Course {
  readonly seed: number;
  readonly numbers: readonly number[];
  /** Trials at a time. */
  readonly lanes: number;
  readonly say: (line: string) => void;
  /** Told after each trial, so that a run that is stopped has its figures, too. */
  readonly told: (summary: Summary) => void;
}

const NO_DISK =
  'chaos: no disk can be mounted here (needs root and Linux): where one would fill up, the target turns read-only';

export async function runTrials(course: Course): Promise<Summary> {
  const { seed, numbers, say } = course;
  const started = performance.now();
  sweepAbandoned();
  const cache = makeOwnFolder('cache');
  const results: TrialResult[] = [];
  const left = [...numbers];
  let drawn = 0;
  let smallDisk = true;
  const summary = () =>
    summarize(results, { seed, drawn, smallDisk, seconds: (performance.now() - started) / 1_000 });

  async function work(first: Lane, sample: Reference): Promise<void> {
    let lane = first;
    let references = createReferences(lane, sample);
    try {
      for (let number = left.shift(); number !== undefined; number = left.shift()) {
        const schedule = drawSchedule(seed, number, { diskFull: lane.disk !== null });
        drawn += faultsOf(schedule).length;
        const { result, isWhole } = await play(course, schedule, () =>
          runTrial(lane, references, { seed, schedule }),
        );
        results.push(result);
        course.told(summary());
        if (isWhole) continue;
        await lane.remove();
        lane = await openLane(cache);
        references = createReferences(lane, sample);
      }
    } finally {
      await lane.remove();
    }
  }

  try {
    const count = Math.min(course.lanes, numbers.length);
    const lanes = await Promise.all(Array.from({ length: count }, () => openLane(cache)));
    smallDisk = lanes.every(({ disk }) => disk !== null);
    if (!smallDisk) say(NO_DISK);
    try {
      const sample = await makeReference(lanes[0]!, 'sample');
      await Promise.all(lanes.map((lane) => work(lane, sample)));
    } finally {
      await Promise.all(lanes.map((lane) => lane.remove()));
    }
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
  return summary();
}

/** `isWhole`: the trial came to its end, whatever it found. */
async function play(
  { seed, say }: Course,
  schedule: Schedule,
  run: () => Promise<TrialResult>,
): Promise<{ readonly result: TrialResult; readonly isWhole: boolean }> {
  const started = performance.now();
  const answer = await run().then(
    (result) => ({ result, isWhole: true }),
    (error: unknown) => ({ result: broken(schedule, error), isWhole: false }),
  );
  const { struck, commands, errors, violations } = answer.result;
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const planned = faultsOf(schedule).map(describeFault).join('; ');
  const what = [schedule.ending, ...(schedule.damage === null ? [] : [schedule.damage])].join(', ');
  say(
    `chaos ${schedule.number}: ${schedule.world === 'shop' ? 'shop: ' : ''}${planned} → ${what}: ${struck.length} struck, ${commands} commands [${errors.join(' ')}], ${seconds} s${violations.length > 0 ? `, ${violations.length} VIOLATIONS` : ''}`,
  );
  for (const violation of violations) say(`  violation: ${violation}`);
  if (violations.length > 0)
    say(`  again: TOWPATH_CHAOS_SEED=${seed} TOWPATH_CHAOS_ONLY=${schedule.number} npm run test:chaos`);
  return answer;
}

function broken(schedule: Schedule, error: unknown): TrialResult {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    ...{ schedule, struck: [], commands: 0, failed: 0, errors: [], rows: 0, ended: [], damaged: null },
    violations: [`the trial could not be played or cleared away: ${words}`],
  };
}
