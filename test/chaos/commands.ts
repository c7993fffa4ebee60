/** Runs commands of a trial under their faults, judges what they say and what they left, and keeps count. */
import { setTimeout as wait } from 'node:timers/promises';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import type { Ended } from '../scenarios/towpath-process.ts';
import type { SourceChanges } from './faults/source-changes.ts';
import { armFaults } from './faults/start-faults.ts';
import { brokenInvariants } from './invariants.ts';
import type { Place } from './lane.ts';
import type { Fault } from './schedule.ts';
import { checkWords } from './spoken.ts';

/** A command that takes longer, behind all faults, hangs. Nothing else is asserted of time. */
const LONGEST = 400_000;

export interface Commands {
  run(words: string, faults?: readonly Fault[]): Promise<Ended>;
  /** On a target that was damaged on purpose: what it left is not judged. */
  runOnDamaged(words: string): Promise<Ended>;
  /** Of all commands so far. */
  readonly count: number;
  readonly failed: number;
  readonly struck: readonly Fault[];
  /** What those that failed ended with. */
  readonly errors: readonly string[];
}

interface Deps {
  readonly place: Place;
  readonly plan: PlanFile;
  readonly changes: SourceChanges;
  /** Told what is wrong with a command, or with what it left. */
  readonly found: (...what: readonly string[]) => void;
}

export function createCommands({ place, plan, changes, found }: Deps): Commands {
  const struck: Fault[] = [];
  const errors: string[] = [];
  let [count, failed] = [0, 0];

  async function play(words: string, faults: readonly Fault[]) {
    const log = place.logFromNow();
    const armed = armFaults(place, faults, changes);
    const started = place.start(words, {
      NODE_COMPILE_CACHE: place.lane.cache,
      ...(armed.failpoints === '' ? {} : { TOWPATH_FAILPOINT: armed.failpoints }),
    });
    count++;
    const watchdog = setTimeout(() => {
      found(`“${words}” hangs: ${started.said().slice(-500)}`);
      started.process.kill('SIGKILL');
    }, LONGEST);
    const ended = await started.ended;
    clearTimeout(watchdog);
    const hit = await armed.end(log);
    struck.push(...hit);
    return { ended, hit, log: log() };
  }

  return {
    struck,
    errors,
    get count() {
      return count;
    },
    get failed() {
      return failed;
    },
    async run(words, faults = []) {
      const ended = await spoken(words, faults);
      if (!(await isQuiet(place))) found(`“${words}” has ended, and sessions of it live on`);
      const broken = await brokenInvariants(place, plan, { isOver: false });
      found(...broken.map((what) => `after “${words}”, which ended with ${codeOf(ended)}: ${what}`));
      return ended;
    },
    runOnDamaged: (words) => spoken(words, []),
  };

  async function spoken(words: string, faults: readonly Fault[]): Promise<Ended> {
    const { ended, hit, log } = await play(words, faults);
    if (ended.code !== 0) {
      failed++;
      errors.push(codeOf(ended));
    }
    found(...checkWords(ended, words, { struck: hit.length > 0 }));
    const invented = faults.some(({ kind }) => kind === 'server-error');
    if (codeOf(ended) === 'UNEXPECTED' && !invented)
      found(`“${words}” met what Towpath does not know: ${ended.stderr.slice(-300)} ${unknownErrors(log)}`);
    return ended;
  }
}

/** A server notices late that a process was killed; until then it may still finish what it was told. */
async function isQuiet(place: Place): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    const [row] = await place.query<{ n: number }>(
      'target',
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name like 'towpath/%'`,
    );
    if (row!.n === 0) return true;
    await wait(50);
  }
  return false;
}

export function codeOf({ signal, stdout, code }: Ended): string {
  if (signal !== null) return '(killed)';
  return /"code": ?"([A-Z_]+)"/.exec(stdout)?.[1] ?? `exit ${code}`;
}

/** The lines of the log that tell of them. */
function unknownErrors(log: string): string {
  const lines = log.split('\n').filter((line) => line.includes('"UNEXPECTED"') || line.includes('"unknown"'));
  return lines.map((line) => line.slice(0, 700)).join(' ⏎ ');
}

/** What a validation says of the whole. */
export function statusOf({ stdout }: Ended): unknown {
  return JSON.parse(stdout).validation?.overallStatus;
}

/** The run ended by telling that source and target differ, or that rows are missing. */
export function namesDifferences({ stdout, code }: Ended): boolean {
  return code !== 0 && /"code": ?"(VALIDATION_FAILED|GATE_CLOSED|VALIDATION_INCOMPLETE)"/.test(stdout);
}
