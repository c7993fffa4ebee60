/** The migrations of this server and the desks they are worked on at: opened once, when somebody asks, and kept open. */
import type { Voice } from '../../desk/guide-at-hand.ts';
import { type Clock, createClock } from '../../engine/core/clock.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { MigrationId, MigrationSummary, MigrationView } from '../shapes/migrations.ts';
import { createProofLook, type ProofLook } from './proof-look.ts';
import { createRunWatch, type RunWatch } from './run-watch.ts';
import { createSharedLook } from './shared-look.ts';
import type { Desk, MigrationSource, Slot } from './slot.ts';
import { problemOf, viewOf } from './slot-view.ts';

export type { Desk, MigrationSource } from './slot.ts';

export interface Migrations {
  /** Who speaks here. */
  readonly voice: Voice;
  list(): Promise<MigrationSummary[]>;
  view(id: MigrationId): Promise<MigrationView>;
  /** Opens nothing. Throws MIGRATION_CLOSED, MIGRATION_OPENING, or why it could not be opened. */
  at(id: MigrationId): Desk;
  /** Of an open one; throws as `at`. */
  watch(id: MigrationId): RunWatch;
  /** Of an open one; throws as `at`. */
  proof(id: MigrationId): ProofLook;
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
  const slots = sources.map(
    (of): Slot => ({ of, opening: null, desk: null, watch: null, proof: null, problem: null }),
  );
  const slotOf = (id: MigrationId): Slot => {
    const slot = slots.find(({ of }) => of.id === id);
    if (slot === undefined) throw unknownMigration(id);
    return slot;
  };
  const views = createSharedLook(viewOf, clock);
  const opened = (id: MigrationId): Promise<Desk> => {
    const work = openSlot(slotOf(id));
    views.forget();
    return work.finally(views.forget);
  };
  return {
    voice: sources[0]?.voice ?? { name: '', offline: true },
    list: () => Promise.all(slots.map(views.of)),
    view: async (id) => views.of(slotOf(id)),
    at: (id) => deskAt(slotOf(id)),
    watch(id) {
      const slot = slotOf(id);
      slot.watch ??= createRunWatch(deskAt(slot).opened.engine, clock);
      return slot.watch;
    },
    proof(id) {
      const slot = slotOf(id);
      slot.proof ??= createProofLook(deskAt(slot).opened, clock);
      return slot.proof;
    },
    desk: opened,
    forget(id) {
      const { watch, proof } = slotOf(id);
      for (const look of [views, watch, proof]) look?.forget();
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
