/**
 * Random faults against real moves of the sample, and what must hold after each of them (docs/chaos.md).
 *
 * TOWPATH_CHAOS_SCHEDULES  how many trials; default 12
 * TOWPATH_CHAOS_SEED       draws the trials; default fixed, so that a run that was green is green again; `random` draws a new one
 * TOWPATH_CHAOS_ONLY       only this trial of that seed: to see a failure again; several separated by commas
 * TOWPATH_CHAOS_LANES      trials at a time, each with servers of its own; default 2
 * TOWPATH_CHAOS_RESULT     a file for the summary
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawSchedule } from './draw-schedule.ts';
import { type Lane, openLane } from './lane.ts';
import { createReferences, makeReference, type References } from './reference.ts';
import { describeFault, faultsOf, type Schedule } from './schedule.ts';
import { summarize, summaryLine } from './summary.ts';
import { runTrial, type TrialResult } from './trial.ts';

const USUAL_SEED = 20_261_121;
const asked = process.env.TOWPATH_CHAOS_SEED;
const seed = asked === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(asked || USUAL_SEED);
const count = Number(process.env.TOWPATH_CHAOS_SCHEDULES || 12);
const only = process.env.TOWPATH_CHAOS_ONLY?.split(',').map(Number);
const lanesWanted = Number(process.env.TOWPATH_CHAOS_LANES || 2);

const say = (line: string) => process.stderr.write(`${line}\n`);

test('whatever breaks, nothing is lost, nothing is doubled, and the next step is told', {
  timeout: 300_000 + (only?.length ?? count) * 60_000,
}, async () => {
  const numbers = only ?? Array.from({ length: count }, (_, i) => i + 1);
  say(`chaos: seed ${seed}, ${numbers.length} schedules`);
  const started = performance.now();
  const results: TrialResult[] = [];
  let drawn = 0;
  const left = [...numbers];
  const cache = mkdtempSync(join(tmpdir(), 'towpath-chaos-cache-'));
  const lanes = await Promise.all(
    Array.from({ length: Math.min(lanesWanted, numbers.length) }, () => openLane(cache)),
  );
  try {
    if (lanes[0]!.disk === null)
      say(
        'chaos: no disk can be mounted here (root, Linux): where one would fill up, the target turns read-only',
      );
    const sample = await makeReference(lanes[0]!, 'sample');
    const work = async (lane: Lane) => {
      const references = createReferences(lane, sample);
      for (let number = left.shift(); number !== undefined; number = left.shift()) {
        const schedule = drawSchedule(seed, number, { diskFull: lane.disk !== null });
        drawn += faultsOf(schedule).length;
        results.push(await play(lane, references, schedule));
      }
    };
    await Promise.all(lanes.map(work));
  } finally {
    await Promise.all(lanes.map((lane) => lane.remove()));
    rmSync(cache, { recursive: true, force: true });
  }
  const summary = summarize(results, {
    ...{ seed, drawn, seconds: (performance.now() - started) / 1_000 },
    smallDisk: lanes.every(({ disk }) => disk !== null),
  });
  if (process.env.TOWPATH_CHAOS_RESULT)
    writeFileSync(process.env.TOWPATH_CHAOS_RESULT, `${JSON.stringify(summary, null, 2)}\n`);
  say(JSON.stringify(summary));
  say(summaryLine(summary));
  expect(summary.violations).toEqual([]);
  expect(summary.faults).toBeGreaterThan(0);
});

async function play(lane: Lane, references: References, schedule: Schedule): Promise<TrialResult> {
  const started = performance.now();
  const result = await runTrial(lane, references, { seed, schedule });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const { struck, commands, errors, violations } = result;
  const planned = faultsOf(schedule).map(describeFault).join('; ');
  say(
    `chaos ${schedule.number}: ${schedule.world === 'shop' ? 'shop: ' : ''}${planned} → ${schedule.ending}${schedule.damage ? `, ${schedule.damage}` : ''}: ${struck.length} struck, ${commands} commands [${errors.join(' ')}], ${seconds} s${violations.length > 0 ? `, ${violations.length} VIOLATIONS` : ''}`,
  );
  for (const what of violations) say(`  violation: ${what}`);
  if (violations.length > 0)
    say(`  again: TOWPATH_CHAOS_SEED=${seed} TOWPATH_CHAOS_ONLY=${schedule.number} npm run test:chaos`);
  return result;
}
