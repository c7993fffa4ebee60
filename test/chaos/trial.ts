/** Plays one schedule: the move under its faults, then its ending. What must hold is asked by proofs.ts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCommands } from './commands.ts';
import { dumpTarget } from './dump.ts';
import { repeatFromMiddle, replayTwice, takeBack } from './endings.ts';
import { createSourceChanges } from './faults/source-changes.ts';
import { complete, goOn, isComplete } from './go-on.ts';
import type { Lane } from './lane.ts';
import { MIGRATE, speedOf } from './migrate-command.ts';
import { newestRun, proveDamageIsTold, proveMove, proveNothingWritten, type Trial } from './proofs.ts';
import { createDraws } from './random.ts';
import type { References } from './reference.ts';
import { type Damage, type Ending, type Fault, faultsOf, type Schedule } from './schedule.ts';

export interface TrialResult {
  readonly schedule: Schedule;
  readonly struck: readonly Fault[];
  readonly commands: number;
  readonly failed: number;
  /** Codes of the errors that commands ended with. */
  readonly errors: readonly string[];
  /** Rows that were in the target before it was damaged or they were taken out. */
  readonly rows: number;
  /** What came about; what was drawn and could not be done is not among it. */
  readonly ended: readonly (Ending | 'dry-run')[];
  readonly damaged: Damage | null;
  readonly violations: readonly string[];
}

type Came = Pick<TrialResult, 'rows' | 'ended' | 'damaged'>;

export async function runTrial(
  lane: Lane,
  references: References,
  { seed, schedule }: { readonly seed: number; readonly schedule: Schedule },
): Promise<TrialResult> {
  const all = faultsOf(schedule);
  const reference = await references.of(schedule.world);
  const place = await lane.open({
    world: schedule.world,
    ownSource: all.some(({ kind }) => kind === 'source-changes'),
    onSmallDisk: all.some(({ kind }) => kind === 'disk-full'),
  });
  writeFileSync(join(place.folder, 'towpath.plan.yaml'), reference.planText);
  const violations: string[] = [];
  const found = (...what: readonly string[]) => void violations.push(...what);
  const draws = createDraws(seed, schedule.number + 1_000_000);
  const changes = createSourceChanges(place, reference.plan, draws);
  const commands = createCommands({ place, plan: reference.plan, changes, found });
  const trial: Trial = { place, reference, schedule, changes, draws, commands, found };
  let came: Came = { rows: 0, ended: [], damaged: null };
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

async function play(trial: Trial): Promise<Came> {
  const { schedule, place, commands } = trial;
  const { ending } = schedule;
  const ended: (Ending | 'dry-run')[] = [];
  if (schedule.dryRun) {
    await proveNothingWritten(trial, () =>
      commands.run(`${MIGRATE} --dry-run ${speedOf(schedule)}`, schedule.commands[0]),
    );
    ended.push('dry-run');
  }
  const before = await dumpTarget(place, { withLedger: false });
  for (const faults of schedule.commands) if (!(await isComplete(trial))) await goOn(trial, faults);
  if (ending === 'restart' && (await repeatFromMiddle(trial))) ended.push('restart');
  const takenBack = ending === 'rollback' || ending === 'rollback-and-again';
  // what broke before there was a run left nothing to take back
  if (takenBack && (await newestRun(trial)) === null) await goOn(trial, []);
  let rows = await countRows(trial);
  if (takenBack) {
    if (await takeBack(trial, before)) ended.push(ending);
    if (ending === 'rollback') return { rows, ended, damaged: null };
  }
  const isWhole = await complete(trial);
  if (isWhole && schedule.again) await commands.run(`resume ${(await newestRun(trial))!.id} --json`);
  await proveMove(trial);
  if (isWhole) ended.push('complete');
  if (isWhole && ending === 'replay' && (await replayTwice(trial))) ended.push('replay');
  rows = Math.max(rows, await countRows(trial));
  const damaged = isWhole && trial.changes.rows.length === 0 ? schedule.damage : null;
  if (damaged !== null) await proveDamageIsTold(trial);
  return { rows, ended, damaged };
}

async function countRows({ place }: Trial): Promise<number> {
  const [row] = await place.query<{ n: number }>(
    'target',
    'select count(*)::int as n from towpath.mapping_pairs',
  );
  return row!.n;
}
