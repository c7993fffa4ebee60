/** Plays one schedule: the move under its faults, then its ending. What must hold is asked by proofs.ts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Ended } from '../scenarios/towpath-process.ts';
import { createCommands, namesDifferences, statusOf } from './commands.ts';
import { dumpTarget } from './dump.ts';
import { createSourceChanges } from './faults/source-changes.ts';
import { brokenInvariants, compareContent } from './invariants.ts';
import type { Lane } from './lane.ts';
import {
  newestRun,
  proveAsBefore,
  proveDamageIsTold,
  proveKeys,
  proveMove,
  proveNothingWritten,
  type Trial,
} from './proofs.ts';
import { createDraws } from './random.ts';
import { contentOf, MIGRATE, type Reference } from './reference.ts';
import { type Fault, type FaultKind, faultsOf, type Schedule } from './schedule.ts';

const MOST_ATTEMPTS = 10;

export interface TrialResult {
  readonly schedule: Schedule;
  readonly struck: readonly FaultKind[];
  readonly commands: number;
  readonly failed: number;
  /** Codes of the errors that commands ended with. */
  readonly errors: readonly string[];
  /** Rows that were in the target before it was damaged or they were taken out. */
  readonly rows: number;
  readonly damaged: boolean;
  readonly violations: readonly string[];
}

export async function runTrial(
  lane: Lane,
  reference: Reference,
  { seed, schedule }: { readonly seed: number; readonly schedule: Schedule },
): Promise<TrialResult> {
  const all = faultsOf(schedule);
  const place = await lane.open({
    ownSource: all.some(({ kind }) => kind === 'source-changes'),
    onSmallDisk: all.some(({ kind }) => kind === 'disk-full'),
  });
  writeFileSync(join(place.folder, 'towpath.plan.yaml'), reference.planText);
  const violations: string[] = [];
  const found = (...what: readonly string[]) => void violations.push(...what);
  const draws = createDraws(seed, schedule.number + 1_000_000);
  const changes = createSourceChanges(place, reference.plan, draws);
  const commands = createCommands(place, changes, found);
  const trial: Trial = { place, reference, schedule, changes, draws, commands, found };
  let came = { rows: 0, damaged: false };
  try {
    came = await play(trial);
  } catch (error) {
    found(
      `the trial itself broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  } finally {
    await place.close();
  }
  const { struck, count, failed, errors } = commands;
  return { schedule, struck, commands: count, failed, errors, violations, ...came };
}

async function play(trial: Trial): Promise<{ rows: number; damaged: boolean }> {
  const { schedule, place, commands } = trial;
  const { ending } = schedule;
  const isSteady = faultsOf(schedule).every(({ kind }) => kind !== 'source-changes');
  if (schedule.dryRun)
    await proveNothingWritten(trial, () =>
      commands.run(`${MIGRATE} --dry-run ${speedOf(schedule)}`, schedule.commands[0]),
    );
  const before = await dumpTarget(place, { withLedger: false });
  for (const faults of schedule.commands) if (!(await isComplete(trial))) await goOn(trial, faults);
  if (ending === 'restart') await repeatFromMiddle(trial);
  let rows = await countRows(trial);
  if (ending === 'rollback' || ending === 'rollback-and-again') await takeBack(trial, before);
  if (ending === 'rollback') return { rows, damaged: false };
  const isWhole = await complete(trial);
  if (isWhole && schedule.again) await commands.run(`resume ${(await newestRun(trial))!.id} --json`);
  await proveMove(trial);
  if (isWhole && ending === 'replay' && isSteady) await replayTwice(trial);
  rows = Math.max(rows, await countRows(trial));
  const damaged = isWhole && schedule.damage !== null && trial.changes.rows.length === 0;
  if (damaged) await proveDamageIsTold(trial);
  return { rows, damaged };
}

const speedOf = ({ batchSize, concurrency }: Schedule) =>
  `--batch-size ${batchSize} --max-concurrency ${concurrency}`;

async function isComplete(trial: Trial): Promise<boolean> {
  return (await newestRun(trial))?.state === 'completed';
}

/** One command further: a run is begun, or the one there is goes on; where a yes is missing it is given. */
async function goOn(trial: Trial, faults: readonly Fault[]): Promise<Ended> {
  const run = await newestRun(trial);
  const speed = speedOf(trial.schedule);
  const isOver = run === null || run.state === 'rolled-back' || run.state === 'cancelled';
  const words = isOver ? `${MIGRATE} ${speed}` : `resume ${run.id} ${speed} --json`;
  const ended = await trial.commands.run(words, faults);
  if (ended.code === 4) await trial.commands.run('approve --as tester --yes --json');
  return ended;
}

/** Without faults, until it is complete; false where the source changed and validation has named what differs. */
async function complete(trial: Trial): Promise<boolean> {
  let last: Ended | null = null;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (await isComplete(trial)) return true;
    last = await goOn(trial, []);
    if (trial.changes.rows.length > 0 && namesDifferences(last)) return false;
    if (last.code !== 0) await wait(150);
  }
  if (await isComplete(trial)) return true;
  trial.found(`not complete after ${MOST_ATTEMPTS} resumes: ${last?.stderr.slice(-600)}`);
  return false;
}

async function takeBack(trial: Trial, before: string): Promise<void> {
  const { schedule, commands, found } = trial;
  const run = await newestRun(trial);
  if (run === null) return proveAsBefore(trial, before);
  const words = `rollback ${run.id} --confirm --json`;
  let state = run.state;
  for (let attempt = 0; attempt < MOST_ATTEMPTS && state !== 'rolled-back'; attempt++) {
    if (attempt > 0) await wait(150);
    await commands.run(words, attempt === 0 ? schedule.atEnd : []);
    state = (await newestRun(trial))!.state;
  }
  if (state !== 'rolled-back') found(`rollback left the run ${state}`);
  if (schedule.again) await commands.run(words);
  await proveAsBefore(trial, before);
}

/** Until it went through, then once more, which must change nothing. */
async function replayTwice(trial: Trial): Promise<void> {
  const { place, reference, schedule, commands, found } = trial;
  const retry = 'quarantine retry --suggested --yes --json';
  let ended = await commands.run(retry, schedule.atEnd);
  for (let attempt = 0; attempt < MOST_ATTEMPTS && ended.code !== 0; attempt++) {
    await wait(150);
    ended = await commands.run(retry);
  }
  if (ended.code !== 0) found(`replay does not go through: ${ended.stderr.slice(-400)}`);
  const once = await contentOf(place, reference.plan);
  await commands.run(retry);
  const twice = await contentOf(place, reference.plan);
  found(...compareContent(twice, once).map((line) => `a second replay changed something: ${line}`));
  found(...(await brokenInvariants(place, reference.plan)));
  await proveKeys(trial, new Set());
  const proof = await commands.run('validate all --json');
  if (statusOf(proof) !== 'verified') found(`after a replay validation says ${statusOf(proof)}`);
}

/** Of a run that is not complete: batches from the middle on are taken out and moved again. */
async function repeatFromMiddle(trial: Trial): Promise<void> {
  const run = await newestRun(trial);
  if (run === null || run.state === 'completed') return;
  const [batch] = await trial.place.query<{ id: number }>(
    'target',
    `select batch_id as id from towpath.batch_processing_status where run_id = $1 order by batch_id
     offset (select count(*) / 2 from towpath.batch_processing_status where run_id = $1) limit 1`,
    [run.id],
  );
  if (batch === undefined) return;
  const words = `resume ${run.id} --restart-from-batch ${batch.id} ${speedOf(trial.schedule)} --json`;
  await trial.commands.run(words, trial.schedule.atEnd);
}

async function countRows({ place }: Trial): Promise<number> {
  const [row] = await place.query<{ n: number }>(
    'target',
    'select count(*)::int as n from towpath.mapping_pairs',
  );
  return row!.n;
}
