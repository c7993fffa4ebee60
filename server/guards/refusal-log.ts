/**
 * Every refusal and failure in the log of the day: who, what, which code. Never a token, a parameter or a body; of the address
 * only its pattern, because keys of rows stand in it. Only so many lines a minute, then a count: refusing must not fill a disk.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Clock } from '../../engine/core/clock.ts';
import type { Log } from '../../engine/core/log.ts';
import type { ServerEnv } from '../server-env.ts';
import { addressOf } from './address.ts';

export interface Refusal {
  /** Null: nobody that is known. */
  readonly who: string | null;
  /** GET /api/v1/migrations/:id */
  readonly what: string;
  readonly code: string;
  readonly status: number;
  readonly from: string;
}

export interface RefusalLog {
  readonly guard: MiddlewareHandler<ServerEnv>;
  /** For what never became a request. */
  note(refusal: Refusal, error?: Error): void;
}

const linesPerMinute = 300;

type LinesOf = 'request failed' | 'request refused' | 'not possible now';

export function createRefusalLog(
  log: Pick<Log, 'info' | 'warn' | 'error'>,
  clock: Pick<Clock, 'monotonic'>,
): RefusalLog {
  // counted apart, so that nobody hides behind what happens all the time
  const written = new Map<LinesOf, { minute: number; lines: number }>();

  function hasRoom(kind: LinesOf): boolean {
    const minute = Math.floor(clock.monotonic() / 60_000);
    const before = written.get(kind) ?? { minute, lines: 0 };
    if (before.minute !== minute && before.lines > linesPerMinute)
      log.warn('lines not written', { kind, count: before.lines - linesPerMinute });
    const now = { minute, lines: (before.minute === minute ? before.lines : 0) + 1 };
    written.set(kind, now);
    return now.lines <= linesPerMinute;
  }

  function note(refusal: Refusal, error?: Error): void {
    const kind = kindOf(refusal);
    if (!hasRoom(kind)) return;
    if (kind === 'request failed') log.error(kind, { ...refusal, error, stack: stackOf(error) });
    else if (kind === 'request refused') log.warn(kind, { ...refusal });
    else log.info(kind, { ...refusal });
  }
  return {
    note,
    async guard(c, next) {
      await next();
      const { status } = c.res;
      const code = c.get('refusal');
      if (status < 400 && code === undefined) return;
      const who = c.get('visitor')?.name ?? null;
      note({ who, what: whatOf(c), code: code ?? `HTTP ${status}`, status, from: addressOf(c) }, c.error);
    },
  };
}

const notYet = new Set(['NO_RUN', 'PLAN_MISSING', 'CATALOG_MISSING']);

/** What there is not yet, or what a migration does not allow at the moment, is no attack; trying an approval may be one. */
function kindOf({ status, code }: Refusal): LinesOf {
  if (status >= 500) return 'request failed';
  const ordinary = notYet.has(code) || (status === 409 && !code.startsWith('APPROVAL_'));
  return ordinary ? 'not possible now' : 'request refused';
}

function whatOf(c: Context<ServerEnv>): string {
  const patterns = matchedRoutes(c).map(({ path }) => path);
  const route = patterns.findLast((pattern) => !pattern.includes('*'));
  return `${c.req.method} ${route ?? shown(c.req.path)}`;
}

/** Of an address that nobody knows: what can be read without being taken for something else. */
function shown(path: string): string {
  return path.slice(0, 120).replace(/[^\w./%-]/g, '?');
}

/** Where it happened. Not the first line, which holds the message, which may quote a row. */
function stackOf(error: Error | undefined): string[] {
  return (error?.stack ?? '')
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, 12);
}
