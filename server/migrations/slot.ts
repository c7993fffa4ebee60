/** One migration of a server: where it comes from, and what is open of it. */
import type { GuideAtHand, Voice } from '../../desk/guide-at-hand.ts';
import type { OpenedJourney } from '../../engine/journey/open-journey.ts';
import type { MigrationId, MigrationSummary } from '../shapes/migrations.ts';
import type { RunWatch } from './run-watch.ts';
import type { SharedLook } from './shared-look.ts';

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

/** Closed, being opened, open, or why not; `opening` stays once it is open, so that nobody opens it again. */
export interface Slot {
  readonly of: MigrationSource;
  opening: Promise<Desk> | null;
  desk: Desk | null;
  watch: RunWatch | null;
  /** Readings that everybody who asks within a moment shares. */
  readonly shared: SharedLook<string>;
  problem: MigrationSummary['problem'];
}
