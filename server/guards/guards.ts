/** What every request passes before anybody looks at what it wants, in this order. */
import type { MiddlewareHandler } from 'hono';
import { type Clock, createClock } from '../../engine/core/clock.ts';
import { createSilentLog, type Log } from '../../engine/core/log.ts';
import type { Access } from '../access/access.ts';
import type { ServerEnv } from '../server-env.ts';
import { addressGuard, kindGuard, lengthGuard, methodGuard } from './form-guard.ts';
import { headers } from './headers.ts';
import { hostGuard } from './host-guard.ts';
import { jsonGuard } from './json-guard.ts';
import { createOpenStreams, type StreamLimits, usualStreams } from './open-streams.ts';
import { originGuard } from './origin-guard.ts';
import { addressRateGuard, limitGuessing, personRateGuard, type Rates, usualRates } from './rate-guard.ts';
import { createRefusalLog, type RefusalLog } from './refusal-log.ts';
import { writersOnly } from './writers-only.ts';

export interface Guards {
  /** Before anybody is known. */
  readonly all: readonly MiddlewareHandler<ServerEnv>[];
  /** Behind `identify`, for everything below /api. */
  readonly behind: readonly MiddlewareHandler<ServerEnv>[];
  /** The same, but who tries tokens is not heard for a while. */
  limitGuessing(access: Access): Access;
  readonly refusals: RefusalLog;
  /** Ends answers that would go on for hours. */
  endStreams(): void;
}

export interface GuardSettings {
  /** The addresses of this server, such as http://127.0.0.1:4400, asked at each request. */
  readonly origins: () => readonly string[];
  readonly log?: Pick<Log, 'info' | 'warn' | 'error'>;
  readonly clock?: Pick<Clock, 'monotonic'>;
  readonly rates?: Partial<Rates>;
  readonly streams?: Partial<StreamLimits>;
}

/** Bytes that are read of one request. */
const longest = 1_000_000;

export function createGuards(settings: GuardSettings): Guards {
  const { origins, log = createSilentLog(), clock = createClock() } = settings;
  const rates = { ...usualRates, ...settings.rates };
  const streams = createOpenStreams({ ...usualStreams, ...settings.streams });
  const refusals = createRefusalLog(log, clock);
  return {
    all: [
      ...headers,
      refusals.guard,
      methodGuard,
      hostGuard(origins),
      addressGuard,
      addressRateGuard(rates.byAddress, clock),
      originGuard(origins),
      kindGuard,
    ],
    behind: [personRateGuard(rates, clock), writersOnly, lengthGuard(longest), jsonGuard, streams.guard],
    limitGuessing: (access) => limitGuessing(access, rates.wrongTokens, clock),
    refusals,
    endStreams: () => streams.endAll(),
  };
}
