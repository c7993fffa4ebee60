/**
 * Every error that work of a run met: as an event and a line of the log at once, and as a row of the ledger when it is known
 * how it ended, or that a stop came before. The ledger lies in the target, which may be the one that cannot be reached: then the row waits until it can.
 */
import type { Control } from '../control/control.ts';
import type { EventPublisher } from '../core/events.ts';
import { framesOf } from '../core/frames.ts';
import type { Log } from '../core/log.ts';
import type { FaultKind } from '../db/recovery-table.ts';
import type { FaultWatch, WorkPlace } from '../db/retry.ts';
import { classify } from '../db/sqlstate.ts';

export interface RunFaultWatch extends FaultWatch {
  /** An error of the run that nothing tried again. Once: a second call with the same error does nothing. */
  stopped(error: unknown): Promise<void>;
  /** Writes what could not be written before; never throws. */
  flush(): Promise<void>;
}

interface Dependencies {
  readonly runId: string;
  readonly control: Pick<Control, 'errors'>;
  readonly events: EventPublisher;
  readonly log: Log;
}

export function createFaultWatch({ runId, control, events, log }: Dependencies): RunFaultWatch {
  const told = new WeakSet<object>();
  let unwritten: (() => Promise<void>)[] = [];

  async function write(error: unknown, place: WorkPlace, of: Told): Promise<void> {
    const { step, entity, batchId } = place;
    const { attempt, recovery } = of;
    const where = {
      runId,
      step,
      ...(entity === null ? {} : { entity }),
      ...(batchId === undefined ? {} : { batchId }),
      ...(attempt === undefined ? {} : { attempt }),
    };
    const add = () =>
      control.errors.add(error, { ...where, ...(recovery === undefined ? {} : { recovery }) });
    try {
      await add();
    } catch (unreachable) {
      unwritten.push(add);
      log.warn('fault.not-written', { code: classify(unreachable).code });
    }
  }

  /** What people are told of it says that the log has its details. */
  function logUnknown(error: unknown, kind: FaultKind): void {
    if (kind === 'unknown') log.error('fault.unknown', { code: classify(error).code, at: framesOf(error) });
  }

  return {
    retrying(place, decision, attempt) {
      const { kind, code, strategy, waitMilliseconds: delayMilliseconds } = decision;
      const { step, entity, batchId } = place;
      const source = entity === null ? {} : { entity };
      if (batchId !== undefined && entity !== null) {
        log.warn('batch.retry', { code, attempt, batchId }, source);
        events.publish({ type: 'batch.retrying', runId, entity, batchId, attempt, code, delayMilliseconds });
      }
      events.publish({
        type: 'recovery.attempted',
        runId,
        ...placeOf(place),
        step,
        kind,
        code,
        strategy,
        attempt,
        delayMilliseconds,
      });
    },
    async recovered(place, decision, attempt) {
      const { kind, code, strategy } = decision;
      const attempts = attempt;
      const { step } = place;
      events.publish({
        type: 'recovery.succeeded',
        runId,
        ...placeOf(place),
        step,
        kind,
        code,
        strategy,
        attempts,
      });
      const error = Object.assign(new Error(kind), { code });
      await write(error, place, { attempt, recovery: { kind, strategy, outcome: 'recovered' } });
    },
    async interrupted(place, error, attempt) {
      await write(error, place, { attempt });
    },
    async gaveUp(place, decision, error, attempt) {
      if (typeof error === 'object' && error !== null) {
        if (told.has(error)) return;
        told.add(error);
      }
      const { kind, code, strategy } = decision;
      const { step } = place;
      events.publish({
        type: 'recovery.gave-up',
        runId,
        ...placeOf(place),
        step,
        kind,
        code,
        strategy,
        attempts: attempt,
      });
      logUnknown(error, kind);
      await write(error, place, { attempt, recovery: { kind, strategy, outcome: 'gave-up' } });
    },
    async stopped(error) {
      if (typeof error === 'object' && error !== null) {
        if (told.has(error)) return;
        told.add(error);
      }
      const { kind } = classify(error);
      logUnknown(error, kind);
      await write(
        error,
        { step: 'run', entity: null },
        { recovery: { kind, strategy: 'stop', outcome: 'gave-up' } },
      );
    },
    async flush() {
      const waiting = unwritten;
      unwritten = [];
      for (const add of waiting) await add().catch(() => undefined);
    },
  };
}

interface Told {
  readonly attempt?: number;
  /** How it ended, where that is known. */
  readonly recovery?: {
    readonly kind: string;
    readonly strategy: string;
    readonly outcome: 'recovered' | 'gave-up';
  };
}

function placeOf({ entity, batchId }: WorkPlace): { entity: string | null; batchId: number | null } {
  return { entity, batchId: batchId ?? null };
}
