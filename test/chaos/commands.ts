/** Runs commands of a trial under their faults, judges what they say, and keeps count. */
import type { Ended } from '../scenarios/towpath-process.ts';
import type { SourceChanges } from './faults/source-changes.ts';
import { armFaults } from './faults/start-faults.ts';
import type { Place } from './lane.ts';
import type { Fault, FaultKind } from './schedule.ts';
import { checkWords } from './spoken.ts';

/** A command that takes longer, behind all faults, hangs. Nothing else is asserted of time. */
const LONGEST = 400_000;

export interface Commands {
  run(words: string, faults?: readonly Fault[]): Promise<Ended>;
  /** Of all commands so far. */
  readonly count: number;
  readonly failed: number;
  readonly struck: readonly FaultKind[];
  /** What those that failed ended with. */
  readonly errors: readonly string[];
}

/** `found` is told what is wrong with a command. */
export function createCommands(
  place: Place,
  changes: SourceChanges,
  found: (...what: readonly string[]) => void,
): Commands {
  const struck: FaultKind[] = [];
  const errors: string[] = [];
  let [count, failed] = [0, 0];
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
      const before = place.log().length;
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
      struck.push(...(await armed.end(place.log().slice(before))));
      if (ended.code !== 0) {
        failed++;
        errors.push(codeOf(ended));
      }
      found(...checkWords(ended, words));
      const invented = faults.some(({ kind }) => kind === 'server-error');
      if (codeOf(ended) === 'UNEXPECTED' && !invented)
        found(`“${words}” met what Towpath does not know: ${unknownErrors(place.log().slice(before))}`);
      return ended;
    },
  };
}

function codeOf({ signal, stdout, code }: Ended): string {
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
