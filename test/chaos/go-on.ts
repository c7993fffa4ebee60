/** After a command that failed comes the one that it names, as a person would give it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Ended } from '../scenarios/towpath-process.ts';
import { namesDifferences } from './commands.ts';
import { MIGRATE, speedOf } from './migrate-command.ts';
import { newestRun, type Trial } from './proofs.ts';
import type { Fault } from './schedule.ts';
import { commandsNamed, nextOf } from './spoken.ts';

/** Once nothing breaks any more: one command that finds the last of the trouble, and one that goes through; a yes in between. */
export const MOST_CALM = 3;

export async function isComplete(trial: Trial): Promise<boolean> {
  return (await newestRun(trial))?.state === 'completed';
}

/** One command further. Where the last one failed, the one it names; where it was killed and said nothing, what the run needs. */
export async function goOn(
  trial: Trial,
  faults: readonly Fault[],
  last: Ended | null = null,
): Promise<Ended> {
  const speed = speedOf(trial.schedule);
  const named = last === null || last.signal !== null ? null : forward(last);
  if (named === 'approve') await trial.commands.run('approve --as tester --yes --json');
  const words =
    named === null || named === 'approve' ? await needed(trial, speed) : `${named} ${speed} --json`;
  const ended = await trial.commands.run(words, faults);
  if (ended.code !== 4) return ended;
  // nothing had begun: what was to happen to it happens now
  await trial.commands.run('approve --as tester --yes --json');
  return trial.commands.run(words, faults);
}

/** The first command named that goes forward; null where it names none, such as for one that only looks. */
function forward(last: Ended): string | null {
  const named = commandsNamed(nextOf(last)).find((command) => /^(resume|migrate|approve)\b/.test(command));
  if (named === undefined) return null;
  if (named.startsWith('approve')) return 'approve';
  return named.startsWith('migrate') ? MIGRATE.replace(' --json', '') : named;
}

async function needed(trial: Trial, speed: string): Promise<string> {
  const run = await newestRun(trial);
  const isOver = run === null || run.state === 'rolled-back' || run.state === 'cancelled';
  return isOver ? `${MIGRATE} ${speed}` : `resume ${run.id} ${speed} --json`;
}

/** Without faults, until it is complete; false where the source changed and validation has named what differs. */
export async function complete(trial: Trial): Promise<boolean> {
  let last: Ended | null = null;
  for (let attempt = 0; attempt < MOST_CALM; attempt++) {
    if (await isComplete(trial)) return true;
    last = await goOn(trial, [], last);
    if (trial.changes.rows.length > 0 && namesDifferences(last)) return false;
    if (last.code !== 0) await wait(150);
  }
  if (await isComplete(trial)) return true;
  trial.found(`not complete after ${MOST_CALM} commands without a fault: ${last?.stderr.slice(-600)}`);
  return false;
}
