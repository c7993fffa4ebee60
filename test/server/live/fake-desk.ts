/** A desk without databases for what stands above it, and a clock that goes on only when the test says so. */
import type { Clock } from '../../../engine/core/clock.ts';
import type { Desk, Migrations } from '../../../server/migrations/migrations.ts';
import { createRunWatch } from '../../../server/migrations/run-watch.ts';
import { createFakeGuide, type FakeGuide, type FakeWords } from '../../cli/agents/fake-guide.ts';

export interface FakeDesk {
  readonly fake: FakeGuide;
  readonly desk: Desk;
  readonly migrations: Pick<Migrations, 'at' | 'forget' | 'watch'>;
  /** How often the journey was looked at. */
  looks(): number;
  /** Every look fails with this; null: it does not. */
  failWith: Error | null;
}

export function createFakeDesk(clock: Clock, words: FakeWords = {}): FakeDesk {
  const fake = createFakeGuide(words);
  let looks = 0;
  const engine = {
    status: () => fake.hand.runs.status(),
    storedPlan: async () => ({ entities: [], settings: { maxFailureRate: 0.01 } }),
    throughput: async () => [],
    runs: async () => (fake.run === null ? [] : [fake.run]),
  };
  const journey = {
    ...fake.hand.journey,
    approvals: () => fake.hand.desk.approvals(),
    async state() {
      looks += 1;
      if (made.failWith !== null) throw made.failWith;
      return fake.hand.journey.state();
    },
  };
  const desk = { ...fake.hand, journey, opened: { engine, journey } } as unknown as Desk;
  const runs = createRunWatch(engine as never, clock);
  const made: FakeDesk = {
    fake,
    desk,
    migrations: { at: () => desk, forget: () => runs.forget(), watch: () => runs },
    looks: () => looks,
    failWith: null,
  };
  return made;
}

export interface StepClock extends Clock {
  /** Lets so much time go by, and everything that waits for it happen. */
  advance(milliseconds: number): Promise<void>;
}

export function createStepClock(): StepClock {
  const begin = Date.parse('2026-11-21T08:00:00.000Z');
  let now = 0;
  let sleepers: { readonly until: number; wake(): void }[] = [];
  return {
    now: () => new Date(begin + now),
    monotonic: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const aborted = () => reject(Object.assign(new Error('Aborted.'), { name: 'AbortError' }));
        if (signal?.aborted) return aborted();
        signal?.addEventListener('abort', aborted, { once: true });
        sleepers.push({ until: now + milliseconds, wake: resolve });
      }),
    async advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        await settled();
        const next = sleepers.toSorted((a, b) => a.until - b.until)[0];
        if (next === undefined || next.until > end) break;
        now = next.until;
        sleepers = sleepers.filter((one) => one !== next);
        next.wake();
      }
      now = end;
      await settled();
    },
  };
}

/** Everything that needs no time has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
