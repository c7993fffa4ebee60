/**
 * One piece of code at work for one entity, shared by all lanes: two portions at a time, the others wait.
 *
 * A runner that fails is gone; the portions it left without an answer go to a new one, so no row is lost and none is
 * answered twice. Where the failure names a row (code that never ends on it, say), that row is tried alone, and if it
 * fails again it is refused like a row the code rejects: one bad row does not stop an entity. Code that is broken does:
 * after three failures with no answer in between, or where there is nothing to run code in, everything waiting gets one
 * error with the cause, and so does whatever comes later.
 */
import {
  type CodeFailure,
  type CodeRunner,
  type CodeRunners,
  type CodeUnit,
  isCodeFailure,
  type RowOutcome,
} from '../../contract/code.ts';
import type { MigrationError } from '../../core/errors.ts';
import { checkOutcomes } from './check-outcomes.ts';
import { cannotRun, isFinal, stopped, type WhoseCode } from './code-errors.ts';
import type { Portion } from './portion.ts';

export interface UnitRunner {
  answer(rows: Portion): Promise<readonly RowOutcome[]>;
  /** Ends the runner until more rows come. */
  rest(): Promise<void>;
}

const IN_FLIGHT = 2;
/** Failures with no answer in between, whichever portion they hit. */
const MOST_IN_A_ROW = 3;
/** Failures of one portion: others may be answered in between. */
const MOST_OF_ONE = 6;

interface Opened {
  readonly runner: Promise<CodeRunner>;
}

/** `onDeath` hears of every runner that was given up. */
export function createUnitRunner(
  runners: CodeRunners,
  unit: CodeUnit,
  whose: WhoseCode,
  onDeath: (failure: CodeFailure) => void = () => {},
): UnitRunner {
  let opened: Opened | null = null;
  let inARow = 0;
  let ended: MigrationError | null = null;
  let busy = 0;
  const waiting: (() => void)[] = [];

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (busy >= IN_FLIGHT) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy--;
    }
  }

  /** One try. @throws the failure, after the runner that failed was given up */
  async function tryOnce(rows: Portion): Promise<readonly RowOutcome[]> {
    if (ended) throw ended;
    opened ??= { runner: runners.open(unit) };
    const mine = opened;
    try {
      const runner = await mine.runner;
      const outcomes = checkOutcomes(await runner.run(rows), rows.length, unit);
      inARow = 0;
      return outcomes;
    } catch (error) {
      if (!isCodeFailure(error)) throw error;
      giveUp(mine, error);
      throw ended ?? error;
    }
  }

  /** Two portions that were with the same runner tell of one failure. */
  function giveUp(mine: Opened, failure: CodeFailure): void {
    if (opened !== mine) return;
    opened = null;
    inARow++;
    onDeath(failure);
    mine.runner.then((runner) => runner.close()).catch(() => undefined);
    if (isFinal(failure)) ended = cannotRun(whose, failure);
    else if (inARow >= MOST_IN_A_ROW) ended = stopped(whose, failure, inARow);
  }

  async function answerPart(rows: Portion, suspected: boolean): Promise<readonly RowOutcome[]> {
    if (rows.length === 0) return [];
    for (let failures = 1; ; failures++) {
      try {
        return await tryOnce(rows);
      } catch (error) {
        if (!isCodeFailure(error)) throw error;
        if (suspected) return [{ ok: false, message: error.message, line: null }];
        const at = error.rowIndex;
        if (at !== null && at >= 0 && at < rows.length) return answerAround(rows, at);
        if (failures < MOST_OF_ONE) continue;
        ended = stopped(whose, error, failures);
        throw ended;
      }
    }
  }

  async function answerAround(rows: Portion, at: number): Promise<readonly RowOutcome[]> {
    const before = await answerPart(rows.slice(0, at), false);
    const alone = await answerPart(rows.slice(at, at + 1), true);
    return [...before, ...alone, ...(await answerPart(rows.slice(at + 1), false))];
  }

  return {
    answer: (rows) => inTurn(() => answerPart(rows, false)),
    async rest() {
      const was = opened;
      opened = null;
      await was?.runner.then((runner) => runner.close()).catch(() => undefined);
    },
  };
}
