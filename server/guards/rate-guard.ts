/** Not more than a page and a person need: by address before anybody is known, by person behind that. */
import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../../engine/core/clock.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { type Access, digestOf } from '../access/access.ts';
import type { ServerEnv } from '../server-env.ts';
import { addressOf } from './address.ts';
import { createBuckets, type Rate } from './buckets.ts';

export interface Rates {
  /** Requests from one address. Fifty people behind one proxy share it. */
  readonly byAddress: Rate;
  readonly byPerson: Rate;
  readonly writesByPerson: Rate;
  /** Tokens that nobody has, from one address. */
  readonly wrongTokens: Rate;
}

export const usualRates: Rates = {
  byAddress: { burst: 5000, perSecond: 1000 },
  byPerson: { burst: 2000, perSecond: 400 },
  writesByPerson: { burst: 60, perSecond: 5 },
  wrongTokens: { burst: 10, perSecond: 1 / 6 },
};

type RateClock = Pick<Clock, 'monotonic'>;

export function addressRateGuard(rate: Rate, clock: RateClock): MiddlewareHandler<ServerEnv> {
  const buckets = createBuckets(rate, clock);
  return async (c, next) => {
    refuseAfter(buckets.take(addressOf(c)));
    await next();
  };
}

export function personRateGuard(
  { byPerson, writesByPerson }: Rates,
  clock: RateClock,
): MiddlewareHandler<ServerEnv> {
  const requests = createBuckets(byPerson, clock);
  const writes = createBuckets(writesByPerson, clock);
  return async (c, next) => {
    const who = c.get('visitor')?.name ?? addressOf(c);
    refuseAfter(requests.take(who));
    if (c.req.method === 'POST') refuseAfter(writes.take(who));
    await next();
  };
}

const mostCounted = 5000;

/**
 * Who tries tokens is not heard for a while, with the right one neither; sessions that are open go on. A script that goes on
 * with one token that has ended is not trying: it counts once.
 */
export function limitGuessing(access: Access, rate: Rate, clock: RateClock): Access {
  const wrong = createBuckets(rate, clock);
  const counted = new Set<string>();
  const count = (credential: string, from: string) => {
    const known = `${from} ${digestOf(credential)}`;
    if (counted.has(known)) return;
    if (counted.size >= mostCounted) counted.clear();
    counted.add(known);
    wrong.take(from);
  };
  return {
    ...access,
    async visitorOf(credential, from = 'here') {
      refuseAfter(wrong.look(from));
      const visitor = await access.visitorOf(credential, from);
      if (visitor === null) count(credential, from);
      return visitor;
    },
  };
}

/** @throws TOO_MANY_REQUESTS */
function refuseAfter(seconds: number): void {
  if (seconds === 0) return;
  throw new MigrationError({
    code: 'TOO_MANY_REQUESTS',
    message: 'That was more than one person needs.',
    hint: `Wait ${seconds} seconds, then go on. Nothing was done by this request.`,
    details: { seconds },
  });
}
