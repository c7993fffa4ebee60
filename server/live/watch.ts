/**
 * Looks at a migration for everybody who watches it, so that fifty viewers cost it as much as one. States: idle, nobody
 * watches and nothing is asked → quick, something is at work → slow, all is at rest; each look decides which. A nudge, when
 * somebody has done something here, makes the next look come at once.
 */
import type { Clock } from '../../engine/core/clock.ts';
import { isAbort, MigrationError } from '../../engine/core/errors.ts';
import { nextOnPage } from '../views/next-on-page.ts';
import { eventsBetween } from './differences.ts';
import type { Feed, NewLiveEvent } from './feed.ts';
import { isMoving, type Look, lookAt, type Seen } from './look.ts';

export interface Watch {
  /** Somebody watches, until the returned function is called. */
  hold(): () => void;
  nudge(): void;
}

export interface WatchDependencies extends Seen {
  readonly feed: Pick<Feed, 'publish'>;
  readonly clock: Pick<Clock, 'sleep' | 'monotonic'>;
  /** The guide is answering: what it does shows soon. */
  readonly isTalking: () => boolean;
  /** After the events of the look. */
  readonly onLook: (look: Look, events: readonly NewLiveEvent[]) => void;
}

const QUICK = 1000;
const SLOW = 5000;
/** Between two looks, however often it is nudged. */
const LEAST = 250;

export function createWatch(deps: WatchDependencies): Watch {
  const { feed, clock } = deps;
  let holders = 0;
  let before: Look | null = null;
  let isTroubled = false;
  let isNudged = false;
  let isRunning = false;
  let waiting = new AbortController();

  async function look(): Promise<number> {
    try {
      const now = await lookAt(deps, before);
      const events = before === null ? [] : eventsBetween(before, now);
      before = now;
      if (isTroubled) feed.publish({ type: 'trouble', words: null, hint: null });
      isTroubled = false;
      for (const event of events) feed.publish(event);
      deps.onLook(now, events);
      return isMoving(now) || deps.isTalking() ? QUICK : SLOW;
    } catch (error) {
      if (!isTroubled) feed.publish(troubleOf(error));
      isTroubled = true;
      return SLOW;
    }
  }

  async function pause(milliseconds: number): Promise<void> {
    waiting = new AbortController();
    try {
      await clock.sleep(isNudged ? LEAST : milliseconds, waiting.signal);
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
  }

  /** Never rejects: what a look throws is told as trouble. */
  async function run(): Promise<void> {
    isRunning = true;
    while (holders > 0) {
      isNudged = false;
      const begun = clock.monotonic();
      const pace = await look();
      if (holders > 0) await pause(pace);
      // nudged during the pause: not at once if the look before has only just begun
      const left = LEAST - (clock.monotonic() - begun);
      if (left > 0 && holders > 0) await clock.sleep(left);
    }
    isRunning = false;
  }

  return {
    hold() {
      holders += 1;
      if (!isRunning) void run();
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holders -= 1;
        if (holders === 0) waiting.abort();
      };
    },
    nudge() {
      isNudged = true;
      waiting.abort();
    },
  };
}

function troubleOf(error: unknown): NewLiveEvent {
  if (error instanceof MigrationError)
    return { type: 'trouble', words: error.message, hint: nextOnPage(error.hint).words };
  return {
    type: 'trouble',
    words: 'How things stand could not be read.',
    hint: 'The log of this day in logs/ holds the details. A move that is under way goes on by itself.',
  };
}
