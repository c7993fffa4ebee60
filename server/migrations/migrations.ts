/** The migrations of this server and the desks they are worked on at: opened once, when somebody asks, and kept open. */
import type { Voice } from '../../desk/guide-at-hand.ts';
import { type Clock, createClock } from '../../engine/core/clock.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { MigrationId, MigrationSummary, MigrationView } from '../shapes/migrations.ts';
import { createRunWatch, type RunWatch } from './run-watch.ts';
import { createSharedLook } from './shared-look.ts';
import type { Desk, MigrationSource, Slot } from './slot.ts';
import { problemOf, viewOf } from './slot-view.ts';

export type { Desk, MigrationSource } from './slot.ts';

export interface Migrations {
  /** Who speaks here. */
  readonly voice: Voice;
  /** Whether this server was started with it. */
  has(id: MigrationId): boolean;
  list(): Promise<MigrationSummary[]>;
  view(id: MigrationId): Promise<MigrationView>;
  /** Opens nothing. Throws MIGRATION_CLOSED, MIGRATION_OPENING, or why it could not be opened. */
  at(id: MigrationId): Desk;
  /** Of an open one; throws as `at`. */
  watch(id: MigrationId): RunWatch;
  /** What many ask for in the same moment is read once for all of them; `what` says what is read. */
  share<Seen>(id: MigrationId, what: string, read: () => Promise<Seen>): Promise<Seen>;
  /** Opens it where it is not; joins an opening that is under way. */
  desk(id: MigrationId): Promise<Desk>;
  /** Begins to open it and returns at once. */
  open(id: MigrationId): void;
  /** Something was done to it: whoever looks next looks anew. */
  forget(id: MigrationId): void;
  close(): Promise<void>;
}

export function createMigrations(
  sources: readonly MigrationSource[],
  clock: Clock = createClock(),
): Migrations {
  const slots = sources.map((of): Slot => {
    const shared = createSharedLook<string>(clock);
    return { of, opening: null, desk: null, watch: null, shared, problem: null };
  });
  const slotOf = (id: MigrationId): Slot => {
    const slot = slots.find(({ of }) => of.id === id);
    if (slot === undefined) throw unknownMigration(id);
    return slot;
  };
  const views = createSharedLook<Slot>(clock);
  const see = (slot: Slot) => views.of(slot, () => viewOf(slot));
  const opened = (id: MigrationId): Promise<Desk> => {
    const work = openSlot(slotOf(id));
    views.forget();
    return work.finally(views.forget);
  };
  return {
    voice: sources[0]?.voice ?? { name: '', offline: true },
    has: (id) => slots.some(({ of }) => of.id === id),
    list: () => Promise.all(slots.map(see)),
    view: async (id) => see(slotOf(id)),
    at: (id) => deskAt(slotOf(id)),
    watch(id) {
      const slot = slotOf(id);
      slot.watch ??= createRunWatch(deskAt(slot).opened.engine, clock);
      return slot.watch;
    },
    share: (id, what, read) => slotOf(id).shared.of(what, read),
    desk: opened,
    forget(id) {
      const { watch, shared } = slotOf(id);
      for (const look of [views, watch, shared]) look?.forget();
    },
    open: (id) => void opened(id).catch(() => {}), // kept in the slot for whoever looks
    async close() {
      await Promise.all(slots.map(async (slot) => (await slot.opening?.catch(() => null))?.close()));
    },
  };
}

/** Two who ask at once share one opening. */
function openSlot(slot: Slot): Promise<Desk> {
  slot.opening ??= Promise.resolve(slot).then(begin);
  return slot.opening;
}

async function begin(slot: Slot): Promise<Desk> {
  slot.problem = null;
  try {
    slot.desk = await slot.of.open();
    return slot.desk;
  } catch (error) {
    slot.opening = null;
    slot.problem = problemOf(error);
    throw error;
  }
}

function deskAt({ desk, opening, problem, of }: Slot): Desk {
  if (desk !== null) return desk;
  if (problem !== null) throw new MigrationError(problem);
  throw opening === null ? closed(of.name) : beingOpened(of.name);
}

function unknownMigration(id: string): MigrationError {
  return new MigrationError({
    code: 'UNKNOWN_MIGRATION',
    message: `There is no migration “${id}” here.`,
    hint: 'The first page lists those that there are.',
  });
}

function closed(name: string): MigrationError {
  return new MigrationError({
    code: 'MIGRATION_CLOSED',
    message: `“${name}” is not open.`,
    hint: 'Open it first; that takes a moment, and nothing is changed by it.',
  });
}

function beingOpened(name: string): MigrationError {
  return new MigrationError({
    code: 'MIGRATION_OPENING',
    message: `“${name}” is being opened.`,
    hint: 'Ask again in a moment.',
  });
}
