/** What is alive of each open migration: the feed of its events, the watch that fills it, and the conversation. */
import { createRunNews } from '../../desk/run-news.ts';
import type { Clock } from '../../engine/core/clock.ts';
import { createTalk, type Talk } from '../chat/talk.ts';
import type { Desk, Migrations } from '../migrations/migrations.ts';
import type { MigrationId } from '../shapes/migrations.ts';
import { openEventStream } from './event-stream.ts';
import { createFeed, type Feed, type NewLiveEvent } from './feed.ts';
import type { Look } from './look.ts';
import { createWatch, type Watch } from './watch.ts';

export interface Live {
  /** Of an open migration; throws as `Migrations.at`. */
  talk(id: MigrationId): Talk;
  /** Events for one reader; it is watched while somebody reads. Throws as `Migrations.at`. */
  events(id: MigrationId, lastId: number | null): ReadableStream<Uint8Array>;
  /**
   * Something was done to a migration: whoever watches sees it soon. With a name, it was done beside the guided migration,
   * which looks in that name whether what it waits for is done now.
   */
  nudge(id: MigrationId, by: string | null): void;
  /** How many read events. */
  readers(): number;
  /** Lets answers under way come to an end. */
  close(): Promise<void>;
}

interface Alive {
  readonly desk: Desk;
  readonly feed: Feed;
  readonly watch: Watch;
  readonly talk: Talk;
}

export function createLive(migrations: Pick<Migrations, 'at' | 'forget' | 'watch'>, clock: Clock): Live {
  const alive = new Map<MigrationId, Alive>();
  let readers = 0;

  function of(id: MigrationId): Alive {
    const desk = migrations.at(id);
    const known = alive.get(id);
    if (known?.desk === desk) return known;
    const made = begin(desk, {
      ...{ clock, runs: migrations.watch(id) },
      forget: () => migrations.forget(id),
    });
    alive.set(id, made);
    return made;
  }

  return {
    talk: (id) => of(id).talk,
    events(id, lastId) {
      const { feed, watch } = of(id);
      const letGo = watch.hold();
      readers += 1;
      const onEnd = () => {
        readers -= 1;
        letGo();
      };
      return openEventStream(feed, clock, { lastId, onEnd });
    },
    nudge(id, by) {
      const known = alive.get(id);
      if (known === undefined) return;
      void (by === null ? Promise.resolve() : goOn(known.desk, by)).finally(known.watch.nudge);
    },
    readers: () => readers,
    async close() {
      await Promise.all([...alive.values()].map(({ talk }) => talk.close()));
    },
  };
}

/** “Look” answers no question: a card that still stands stays. */
async function goOn({ guide }: Pick<Desk, 'guide'>, by: string): Promise<void> {
  try {
    const { state, cardId } = await guide.current();
    if (state === 'waiting') await guide.continue({ answer: 'look', by, cardId }, { milliseconds: 0 });
  } catch {
    // whoever watches is told what is wrong
  }
}

/** Nothing but how far it is: told in full, so that nobody has to ask. */
function areFigures({ type }: NewLiveEvent): boolean {
  return type === 'migration.progress' || type === 'entity.progress';
}

interface Surroundings {
  readonly clock: Clock;
  readonly runs: ReturnType<Migrations['watch']>;
  readonly forget: () => void;
}

function begin(desk: Desk, { clock, runs, forget }: Surroundings): Alive {
  const feed = createFeed(clock);
  const publish: Feed['publish'] = (event) => {
    // whoever is told that something is different must not be shown a look from before it
    if (!areFigures(event)) forget();
    feed.publish(event);
  };
  const news = createRunNews();
  let guideWorked = false;
  const talk = createTalk({
    desk,
    clock,
    onChange(busy) {
      publish({ type: 'chat.changed', busy });
      watch.nudge();
    },
  });

  function onLook({ guide, approvals, run }: Look, events: readonly NewLiveEvent[]): void {
    const given = events.find(({ type }) => type === 'approval.granted' || type === 'approval.used');
    const card = given && 'approvalId' in given && approvals.find(({ id }) => id === given.approvalId);
    if (card) talk.approved(card);
    if (run !== null) {
      news.takeUp(run.status);
      const guideTells = guideWorked || guide.state === 'working';
      for (const words of news.see(run.status, !guideTells)) publish({ type: 'news', words });
    }
    guideWorked = guide.state === 'working';
    void talk.see(guide);
  }

  const watch = createWatch({
    desk,
    runs,
    feed: { publish },
    clock,
    isTalking: () => talk.turn() !== null,
    onLook,
  });
  return { desk, feed, watch, talk };
}
