/** Plays one schedule: the move under its faults, its ending, and the questions that must be answered with yes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Ended } from '../scenarios/towpath-process.ts';
import { damageTarget } from './damage.ts';
import { dumpTarget, firstDifferences } from './dump.ts';
import { createSourceChanges, type SourceChanges } from './faults/source-changes.ts';
import { armFaults } from './faults/start-faults.ts';
import { brokenInvariants, compareContent, differencesOf, readKeys } from './invariants.ts';
import type { Lane, Place } from './lane.ts';
import { createDraws, type Draws } from './random.ts';
import { contentOf, MIGRATE, type Reference } from './reference.ts';
import { type Fault, type FaultKind, faultsOf, type Schedule } from './schedule.ts';
import { checkWords } from './spoken.ts';

/** A command that takes longer, behind all faults, hangs. Nothing else is asserted of time. */
const LONGEST = 400_000;
const MOST_ATTEMPTS = 10;

export interface TrialResult {
  readonly schedule: Schedule;
  readonly struck: readonly FaultKind[];
  readonly commands: number;
  readonly failed: number;
  /** Codes of the errors that commands ended with. */
  readonly errors: readonly string[];
  /** Rows in the target at the end, of the ledger. */
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
  const draws = createDraws(seed, schedule.number + 1_000_000);
  const changes = createSourceChanges(place, reference.plan, draws);
  const trial = createTrial(place, reference, schedule, changes, draws);
  try {
    await trial.play();
  } catch (error) {
    trial.found(
      `the trial itself broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  } finally {
    await place.close();
  }
  return trial.result();
}

function createTrial(
  place: Place,
  reference: Reference,
  schedule: Schedule,
  changes: SourceChanges,
  draws: Draws,
) {
  const violations: string[] = [];
  const struck: FaultKind[] = [];
  const errors: string[] = [];
  let [commands, failed, rows, damaged] = [0, 0, 0, false];
  const found = (...what: readonly string[]) => violations.push(...what);
  const speed = `--batch-size ${schedule.batchSize} --max-concurrency ${schedule.concurrency}`;

  async function command(words: string, faults: readonly Fault[] = []): Promise<Ended> {
    const before = place.log().length;
    const armed = armFaults(place, faults, changes);
    const started = place.start(words, {
      NODE_COMPILE_CACHE: place.lane.cache,
      ...(armed.failpoints === '' ? {} : { TOWPATH_FAILPOINT: armed.failpoints }),
    });
    commands++;
    const watchdog = setTimeout(() => {
      found(`“${words}” hangs: ${started.said().slice(-500)}`);
      started.process.kill('SIGKILL');
    }, LONGEST);
    const ended = await started.ended;
    clearTimeout(watchdog);
    struck.push(...(await armed.end(place.log().slice(before))));
    if (ended.code !== 0) failed++;
    errors.push(...codesOf(ended));
    found(...checkWords(ended, words));
    return ended;
  }

  async function newestRun(): Promise<{ id: string; state: string } | null> {
    const [run] = await place.query<{ id: string; state: string }>(
      'target',
      `select run_id as id, state from towpath.migration_control where mode <> 'seed' order by started_at desc limit 1`,
    );
    return run ?? null;
  }

  /** One command further; says how it ended, and where the run stands then. */
  async function goOn(faults: readonly Fault[]): Promise<Ended> {
    const run = await newestRun();
    const ended =
      run === null || run.state === 'rolled-back' || run.state === 'cancelled'
        ? await command(`${MIGRATE} ${speed}`, faults)
        : await command(`resume ${run.id} ${speed} --json`, faults);
    if (ended.code === 4) await command('approve --as tester --yes --json');
    return ended;
  }

  const isComplete = async () => (await newestRun())?.state === 'completed';

  /** Without faults, until it is complete; where the source changed, until validation has named the rows. */
  async function complete(): Promise<boolean> {
    let last: Ended | null = null;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      if (await isComplete()) return true;
      last = await goOn([]);
      if (changes.rows.length > 0 && namesDifferences(last)) return false;
      if (last.code !== 0) await wait(150);
    }
    if (await isComplete()) return true;
    found(`not complete after ${MOST_ATTEMPTS} resumes: ${last?.stderr.slice(-600)}`);
    return false;
  }

  async function takeBack(before: string): Promise<void> {
    const run = await newestRun();
    if (run === null) return checkAsBefore(before);
    let faults = schedule.atEnd;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      await command(`rollback ${run.id} --confirm --json`, faults);
      faults = [];
      if ((await newestRun())?.state === 'rolled-back') break;
      await wait(150);
    }
    const { state } = (await newestRun())!;
    if (state !== 'rolled-back') found(`rollback left the run ${state}`);
    const after = await dumpTarget(place, { withLedger: false });
    if (after !== before) found(`rollback is not as before: ${firstDifferences(before, after).join(' ⏎ ')}`);
    const [left] = await place.query<{ n: string }>(
      'target',
      `select (select count(*) from towpath.mapping_pairs) + (select count(*) from towpath.quarantined_rows)
         + (select count(*) from towpath.batch_processing_status) as n`,
    );
    if (left!.n !== '0') found(`rollback left ${left!.n} entries in the ledger`);
  }

  async function checkAsBefore(before: string): Promise<void> {
    const after = await dumpTarget(place, { withLedger: false });
    if (after !== before) found(`rollback is not as before: ${firstDifferences(before, after).join(' ⏎ ')}`);
  }

  async function checkWhole(): Promise<void> {
    const run = await newestRun();
    if (schedule.again && run?.state === 'completed') await command(`resume ${run.id} ${speed} --json`);
    found(...(await brokenInvariants(place, reference.plan)));
    if (changes.rows.length > 0) return checkChanged();
    found(...compareContent(await contentOf(place, reference.plan), reference.content));
    const [report] = await place.query<{ status: string }>(
      'target',
      'select status from towpath.migration_validation_reports order by id desc limit 1',
    );
    if (report?.status !== 'verified') found(`complete, and the last validation says ${report?.status}`);
  }

  /** Whatever came and went: every row of before that is still there is moved or set aside, and nothing else is. */
  async function checkChanged(): Promise<void> {
    const touched = new Set(changes.rows.map(({ entity, key }) => `${entity} ${key}`));
    await checkKeys(touched);
    const run = (await newestRun())!;
    const ended = await command(`validate all ${run.id} --json`);
    const { issues = [] } = JSON.parse(ended.stdout) as { issues?: { entity: string; key?: string }[] };
    const untouched = issues.filter(({ entity, key }) =>
      key === undefined
        ? !changes.rows.some((row) => row.entity === entity)
        : !touched.has(`${entity} ${key}`),
    );
    if (untouched.length > 0)
      found(`validation names what nobody touched: ${JSON.stringify(untouched.slice(0, 3))}`);
    if (statusOf(ended) !== 'verified' && issues.length === 0)
      found(`validation says ${statusOf(ended)} and names no row`);
    if (statusOf(ended) === 'verified') found(...(await differencesOf(place, reference.plan, changes.rows)));
  }

  async function checkKeys(touched: ReadonlySet<string>): Promise<void> {
    const keys = await readKeys(place);
    for (const [entity, expected] of reference.keys) {
      const now = keys.get(entity) ?? new Set<string>();
      const lost = [...expected].filter((key) => !now.has(key) && !touched.has(`${entity} ${key}`));
      const more = [...now].filter((key) => !expected.has(key) && !touched.has(`${entity} ${key}`));
      if (lost.length > 0) found(`${entity}: rows nobody touched are lost: ${lost.slice(0, 5)}`);
      if (more.length > 0) found(`${entity}: rows that never were: ${more.slice(0, 5)}`);
    }
  }

  /** Until it went through, then once more, which must change nothing. */
  async function replayTwice(): Promise<void> {
    const retry = 'quarantine retry --suggested --yes --json';
    let ended = await command(retry, schedule.atEnd);
    for (let attempt = 0; attempt < MOST_ATTEMPTS && ended.code !== 0; attempt++) {
      await wait(150);
      ended = await command(retry);
    }
    if (ended.code !== 0) found(`replay does not go through: ${ended.stderr.slice(-400)}`);
    const once = await contentOf(place, reference.plan);
    await command(retry);
    const twice = await contentOf(place, reference.plan);
    found(...compareContent(twice, once).map((line) => `a second replay changed something: ${line}`));
    found(...(await brokenInvariants(place, reference.plan)));
    await checkKeys(new Set());
    const proof = await command(`validate all --json`);
    if (statusOf(proof) !== 'verified') found(`after a replay validation says ${statusOf(proof)}`);
  }

  async function repeatFromMiddle(): Promise<void> {
    const run = (await newestRun())!;
    const [batch] = await place.query<{ id: number }>(
      'target',
      `select batch_id as id from towpath.batch_processing_status where run_id = $1 order by batch_id
       offset (select count(*) / 2 from towpath.batch_processing_status where run_id = $1) limit 1`,
      [run.id],
    );
    if (batch === undefined) return;
    await command(`resume ${run.id} --restart-from-batch ${batch.id} ${speed} --json`, schedule.atEnd);
    if (await complete()) await checkWhole();
  }

  async function damageAndProve(): Promise<void> {
    if (schedule.damage === null || changes.rows.length > 0) return;
    const run = (await newestRun())!;
    const what = await damageTarget(place, reference.plan, schedule.damage, draws);
    damaged = true;
    const ended = await command(`validate all ${run.id} --json`);
    if (ended.code === 0 || statusOf(ended) === 'verified')
      found(`validation passes on damaged data: ${what}`);
    else if (ended.code !== 3) found(`validation of damaged data ended with ${ended.code}: ${what}`);
  }

  async function rehearseDry(): Promise<void> {
    const before = await dumpTarget(place, { withLedger: true });
    await command(`${MIGRATE} --dry-run ${speed}`, schedule.commands[0]);
    const after = await dumpTarget(place, { withLedger: true });
    if (after !== before) found(`a dry run wrote: ${firstDifferences(before, after).join(' ⏎ ')}`);
  }

  return {
    found,
    async play(): Promise<void> {
      if (schedule.dryRun) await rehearseDry();
      const before = await dumpTarget(place, { withLedger: false });
      for (const faults of schedule.commands) if (!(await isComplete())) await goOn(faults);
      if (schedule.ending === 'rollback' || schedule.ending === 'rollback-and-again') await takeBack(before);
      if (schedule.ending === 'rollback') return;
      if (!(await complete())) return checkWhole();
      await checkWhole();
      if (schedule.ending === 'replay') await replayTwice();
      if (schedule.ending === 'restart') await repeatFromMiddle();
      rows = await countRows(place);
      await damageAndProve();
    },
    result: (): TrialResult => ({ schedule, struck, commands, failed, errors, rows, damaged, violations }),
  };
}

async function countRows(place: Place): Promise<number> {
  const [row] = await place.query<{ n: number }>(
    'target',
    'select count(*)::int as n from towpath.mapping_pairs',
  );
  return row!.n;
}

function codesOf(ended: Ended): string[] {
  if (ended.signal !== null) return ['(killed)'];
  if (ended.code === 0) return [];
  const code = /"code": ?"([A-Z_]+)"/.exec(ended.stdout)?.[1];
  return [code ?? `exit ${ended.code}`];
}

function statusOf({ stdout }: Ended): unknown {
  return JSON.parse(stdout).validation?.overallStatus;
}

/** The run ended by telling that source and target differ, or that rows are missing. */
function namesDifferences({ stdout, code }: Ended): boolean {
  return code !== 0 && /"code": ?"(VALIDATION_FAILED|GATE_CLOSED|VALIDATION_INCOMPLETE)"/.test(stdout);
}
