/**
 * Random faults against real moves of the sample, and what must hold after each of them (docs/chaos.md).
 *
 * TOWPATH_CHAOS_SCHEDULES  how many trials; default 12
 * TOWPATH_CHAOS_SEED       draws the trials; default fixed, so that a run that was green is green again; `random` draws a new one
 * TOWPATH_CHAOS_ONLY       only this trial of that seed: to see a failure again; several separated by commas
 * TOWPATH_CHAOS_LANES      trials at a time, each with servers of its own; default 2
 * TOWPATH_CHAOS_RESULT     a file for the summary, written anew after each trial
 */
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runTrials } from './run-trials.ts';
import { type Summary, summaryLine } from './summary.ts';

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
  const told = (figures: Summary) => {
    if (process.env.TOWPATH_CHAOS_RESULT)
      writeFileSync(process.env.TOWPATH_CHAOS_RESULT, `${JSON.stringify(figures, null, 2)}\n`);
  };
  const summary = await runTrials({ seed, numbers, lanes: lanesWanted, say, told });
  told(summary);
  say(JSON.stringify(summary));
  say(summaryLine(summary));
  expect(summary.violations).toEqual([]);
  expect(summary.faults).toBeGreaterThan(0);
});
