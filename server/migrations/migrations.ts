/** The migrations of this server and the desks they are worked on at: opened once, when somebody asks, and kept open. */
import type { GuideAtHand, Voice } from '../../desk/guide-at-hand.ts';
import { type Clock, createClock } from '../../engine/core/clock.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { OpenedJourney } from '../../engine/journey/open-journey.ts';
import type { MigrationId, MigrationSummary, MigrationView } from '../shapes/migrations.ts';
import { createRunWatch, type RunWatch } from './run-watch.ts';
import { stagesOf, waitingOf } from './stages.ts';

/** What is open of one migration. */
export interface Desk extends GuideAtHand {
  readonly opened: Pick<OpenedJourney, 'engine' | 'journey' | 'workspace'>;
}

export interface MigrationSource {
  readonly id: MigrationId;
  /** Said before it is open. */
  readonly name: string;
  readonly source: string | null;
  readonly target: string | null;
  readonly voice: Voice;
  /** False: the sample that nobody has made yet. */
  exists(): boolean;
  open(): Promise<Desk>;
}

export interface Migrations {
  /** Who speaks here. */
  readonly voice: Voice;
  list(): Promise<MigrationSummary[]>;
  view(id: MigrationId): Promise<MigrationView>;
  /** Opens nothing. Throws MIGRATION_CLOSED, MIGRATION_OPENING, or why it could not be opened. */
  at(id: MigrationId): Desk;
  /** Of an open one; throws as `at`. */
  watch(id: MigrationId): RunWatch;
  /** Opens it where it is not; joins an opening that is under way. */
  desk(id: MigrationId): Promise<Desk>;
  /** Begins to open it and returns at once. */
  open(id: MigrationId): void;
  close(): Promise<void>;
}

interface Slot {
  readonly of: MigrationSource;
  opening: Promise<Desk> | null;
  desk: Desk | null;
  watch: RunWatch | null;
  problem: MigrationSummary['problem'];
}

export function createMigrations(
  sources: readonly MigrationSource[],
  clock: Clock = createClock(),
): Migrations {
  const slots = sources.map((of): Slot => ({ of, opening: null, desk: null, watch: null, problem: null }));
  const slotOf = (id: MigrationId): Slot => {
    const slot = slots.find(({ of }) => of.id === id);
    if (slot === undefined) throw unknownMigration(id);
    return slot;
  };
  return {
    voice: sources[0]?.voice ?? { name: '', offline: true },
    list: () => Promise.all(slots.map(async (slot) => (await viewOf(slot)).summary)),
    view: async (id) => {
      const { summary, journey } = await viewOf(slotOf(id));
      return { ...summary, journey };
    },
    at: (id) => deskAt(slotOf(id)),
    watch(id) {
      const slot = slotOf(id);
      slot.watch ??= createRunWatch(deskAt(slot).opened.engine, clock);
      return slot.watch;
    },
    desk: (id) => openSlot(slotOf(id)),
    open: (id) => void openSlot(slotOf(id)).catch(() => {}), // kept in the slot for whoever looks
    async close() {
      await Promise.all(slots.map(async (slot) => (await slot.opening?.catch(() => null))?.close()));
    },
  };
}

/** Two who ask at once share one opening. */
function openSlot(slot: Slot): Promise<Desk> {
  slot.opening ??= begin(slot);
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

async function viewOf(slot: Slot): Promise<{ summary: MigrationSummary; journey: MigrationView['journey'] }> {
  const { id, name, source, target } = slot.of;
  const known = {
    id,
    name,
    source,
    target,
    step: null,
    stages: stagesOf(null),
    waiting: null,
    problem: slot.problem,
  };
  if (slot.desk === null) {
    return { summary: { ...known, state: closedState(slot) }, journey: null };
  }
  try {
    const [journey, guide] = await Promise.all([slot.desk.journey.state(), slot.desk.guide.current()]);
    const summary: MigrationSummary = {
      ...known,
      source: journey.source ?? source,
      target: journey.target ?? target,
      state: 'open',
      step: journey.step,
      stages: stagesOf(journey, guide),
      waiting: waitingOf(journey, guide),
      problem: null,
    };
    return { summary, journey };
  } catch (error) {
    return { summary: { ...known, state: 'trouble', problem: problemOf(error) }, journey: null };
  }
}

function closedState({ problem, opening, of }: Slot): MigrationSummary['state'] {
  if (opening !== null) return 'opening';
  if (problem !== null) return 'trouble';
  return of.exists() ? 'closed' : 'not-made';
}

function problemOf(error: unknown): NonNullable<MigrationSummary['problem']> {
  if (error instanceof MigrationError) return { code: error.code, message: error.message, hint: error.hint };
  return {
    code: 'UNEXPECTED',
    message: 'It could not be opened.',
    hint: 'The log of this day in logs/ holds the details.',
  };
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
