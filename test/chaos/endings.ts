/** What may come behind a move: it is taken back, repeated from a batch on, or what was set aside is replayed. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Ended } from '../scenarios/towpath-process.ts';
import { statusOf } from './commands.ts';
import { compareContent } from './compare-content.ts';
import { MOST_CALM } from './go-on.ts';
import { brokenInvariants } from './invariants.ts';
import { speedOf } from './migrate-command.ts';
import { newestRun, proveAsBefore, proveKeys, type Trial } from './proofs.ts';
import { contentOf } from './reference.ts';
import { commandsNamed, nextOf } from './spoken.ts';

/** False where there was nothing to take back. */
export async function takeBack(trial: Trial, before: string): Promise<boolean> {
  const { schedule, commands } = trial;
  const run = await newestRun(trial);
  if (run === null) {
    await proveAsBefore(trial, before);
    return false;
  }
  const words = `rollback ${run.id} --confirm --json`;
  const changed = schedule.othersWrite && (await changeOneRow(trial));
  if (changed) {
    await commands.run(words);
    await proveOneIsLeft(trial);
  }
  await undo(trial, changed ? `rollback ${run.id} --force-changed --confirm --json` : words);
  if (schedule.again) await commands.run(words);
  await proveAsBefore(trial, before);
  return true;
}

/** Where it breaks, what it names comes next. */
async function undo(trial: Trial, words: string): Promise<void> {
  const { schedule, commands, found } = trial;
  let last: Ended = await commands.run(words, schedule.atEnd);
  for (let attempt = 0; attempt < MOST_CALM && !(await isUndone(trial)); attempt++) {
    await wait(150);
    const named =
      last.signal === null
        ? commandsNamed(nextOf(last)).find((command) => /^rollback .*--confirm/.test(command))
        : undefined;
    last = await commands.run(named === undefined ? words : `${named} --json`);
  }
  if (!(await isUndone(trial)))
    found(`rollback left the run ${(await newestRun(trial))?.state}: ${last.stderr.slice(-400)}`);
}

async function isUndone(trial: Trial): Promise<boolean> {
  if ((await newestRun(trial))?.state !== 'rolled-back') return false;
  const [left] = await trial.place.query<{ n: number }>(
    'target',
    'select count(*)::int as n from towpath.left_rows',
  );
  return left!.n === 0;
}

/** A row of the run, changed by somebody; false where the run had not come so far. */
async function changeOneRow({ place }: Trial): Promise<boolean> {
  const changed = await place.query(
    'target',
    `update public.order_items set label = label || ' (changed)'
      where id = (select new_id from towpath.migration_mappings where entity = 'order_items' and merged is null order by legacy_id limit 1)
      returning id`,
  );
  return changed.length > 0;
}

async function proveOneIsLeft({ place, found }: Trial): Promise<void> {
  const [row] = await place.query<{ n: number }>(
    'target',
    `select count(*)::int as n from public.order_items where label like '% (changed)'`,
  );
  if (row!.n !== 1) found('a row that somebody changed was taken out unasked');
}

/** It went through, now or in a command whose answer was lost: then no card is left that suggests anything. */
const isReplayed = ({ code, stderr }: Ended) =>
  code === 0 || stderr.includes('None of these cards suggests a change of the plan.');

/** Until it went through, then once more, which must change nothing. False where the source has changed. */
export async function replayTwice(trial: Trial): Promise<boolean> {
  const { place, reference, schedule, commands, found, changes } = trial;
  if (changes.rows.length > 0) return false;
  const retry = 'quarantine retry --suggested --yes --json';
  let ended = await commands.run(retry, schedule.atEnd);
  for (let attempt = 0; attempt < MOST_CALM && !isReplayed(ended); attempt++) {
    await wait(150);
    const compare = commandsNamed(nextOf(ended)).find((command) => command.startsWith('validate '));
    ended = await commands.run(compare === undefined ? retry : `${compare} --json`);
  }
  if (!isReplayed(ended)) found(`replay does not go through: ${ended.stderr.slice(-400)}`);
  const once = await contentOf(place, reference.plan);
  await commands.run(retry);
  const twice = await contentOf(place, reference.plan);
  found(...compareContent(twice, once).map((line) => `a second replay changed something: ${line}`));
  found(...(await brokenInvariants(place, reference.plan, { isOver: true })));
  await proveKeys(trial, new Set());
  const proof = await commands.run('validate all --json');
  if (statusOf(proof) !== 'verified') found(`after a replay validation says ${statusOf(proof)}`);
  return true;
}

/** Of a run that is not complete: batches from the middle on are taken out and moved again. False where it was complete. */
export async function repeatFromMiddle(trial: Trial): Promise<boolean> {
  const run = await newestRun(trial);
  if (run === null || run.state === 'completed') return false;
  const [batch] = await trial.place.query<{ id: number }>(
    'target',
    `select batch_id as id from towpath.batch_processing_status where run_id = $1 order by batch_id
     offset (select count(*) / 2 from towpath.batch_processing_status where run_id = $1) limit 1`,
    [run.id],
  );
  if (batch === undefined) return false;
  const words = `resume ${run.id} --restart-from-batch ${batch.id} ${speedOf(trial.schedule)} --json`;
  await trial.commands.run(words, trial.schedule.atEnd);
  return true;
}
