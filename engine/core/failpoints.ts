/**
 * Named places where a test can kill, fail or hold the process: deterministic fault injection instead of sleeps.
 *
 * TOWPATH_FAILPOINT="batch.before-commit:3=kill"  SIGKILL to itself at the third hit; "=kill:4711" to that process, such as a server
 *                   "batch.begun=error"           throws at the first hit; "=error:40001" throws with that SQLSTATE or errno
 *                   "copy.page=pause:500"         waits 500 ms; several are separated by commas
 *                   "batch.begun:9=clock:-90000"  the clock on the wall is 90 s behind from then on, as after an NTP correction
 * Each fires once. Without a specification a hit costs one comparison.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { MigrationError } from './errors.ts';

export interface Failpoints {
  hit(name: string): void | Promise<void>;
}

interface Failpoint {
  readonly name: string;
  readonly atHit: number;
  readonly action: 'kill' | 'error' | 'pause' | 'clock';
  readonly argument: string | null;
}

const SPEC = /^([a-z0-9.-]+)(?::(\d+))?=(kill|error|pause|clock)(?::(-?[A-Za-z0-9_]+))?$/;

export interface FailpointEffects {
  /** Moves the clock of the process by milliseconds. */
  readonly turnClock?: (milliseconds: number) => void;
  /** Told just before a point does what it is for. */
  readonly fired?: (point: { readonly name: string; readonly hit: number; readonly action: string }) => void;
}

/** Throws INVALID_FAILPOINT where the specification cannot be read. */
export function createFailpoints(spec: string | undefined, effects: FailpointEffects = {}): Failpoints {
  const points = (spec ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(parse);
  if (points.length === 0) return { hit() {} };
  const hits = new Map<string, number>();
  return {
    hit(name) {
      const count = (hits.get(name) ?? 0) + 1;
      hits.set(name, count);
      const point = points.find((candidate) => candidate.name === name && candidate.atHit === count);
      if (!point) return;
      effects.fired?.({ name, hit: count, action: point.action });
      return fire(point, effects);
    },
  };
}

function parse(text: string): Failpoint {
  const [, name, atHit, action, argument] = SPEC.exec(text) ?? [];
  const form = { kill: /^\d*$/, pause: /^\d+$/, clock: /^-?\d+$/ }[action as string] ?? /^[A-Za-z0-9_]*$/;
  if (name === undefined || action === undefined || !form.test(argument ?? '')) {
    throw new MigrationError({
      code: 'INVALID_FAILPOINT',
      message: `TOWPATH_FAILPOINT cannot be read at "${text}".`,
      hint: 'Write name=kill, name:3=error, name=error:40001, name=pause:500 or name=clock:-90000, separated by commas; or unset it.',
    });
  }
  return {
    name,
    atHit: Number(atHit ?? 1),
    action: action as Failpoint['action'],
    argument: argument ?? null,
  };
}

function fire({ name, action, argument }: Failpoint, effects: FailpointEffects): void | Promise<void> {
  if (action === 'kill') return kill(argument === null ? process.pid : Number(argument));
  if (action === 'clock') {
    effects.turnClock?.(Number(argument));
    return;
  }
  if (action === 'pause') return wait(Number(argument)).then(() => undefined);
  if (argument !== null) throw Object.assign(new Error(`failpoint ${name}`), { code: argument });
  throw new MigrationError({
    code: 'FAILPOINT',
    message: `The failpoint ${name} was hit.`,
    hint: 'TOWPATH_FAILPOINT is set, which is for tests only. Unset it.',
  });
}

/** Whoever is gone already needs no kill. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
