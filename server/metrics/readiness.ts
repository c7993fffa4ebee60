/**
 * Whether the parts that answers come from do answer: the target of each open migration and the storage of its
 * conversations. Whoever asks needs no token, so it is looked at most every few seconds, and says nothing but yes or no.
 */
import type { Clock } from '../../engine/core/clock.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { Desk, Migrations } from '../migrations/migrations.ts';
import { migrationIds } from '../shapes/migrations.ts';
import type { Readiness } from '../shapes/readiness.ts';
import { within } from '../within.ts';
import { deskAt } from './read-moves.ts';

export interface ReadinessDependencies {
  readonly migrations: Pick<Migrations, 'at'>;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
}

const GOOD_FOR = 5000;
const PATIENCE = 3000;

export function createReadiness({ migrations, clock }: ReadinessDependencies): () => Promise<Readiness> {
  let recent: { readonly at: number; readonly found: Promise<Readiness> } | null = null;

  async function look(): Promise<Readiness> {
    const open = migrationIds.flatMap((migration) => {
      const desk = deskAt(migrations, migration);
      return desk === null ? [] : [{ migration, desk }];
    });
    const checks = open.flatMap(({ migration, desk }) =>
      Object.entries(partsOf(desk)).map(async ([part, ask]) => {
        const answers = await within(clock, { milliseconds: PATIENCE, late: false }, answersTo(ask));
        return { migration, part: part as keyof ReturnType<typeof partsOf>, answers };
      }),
    );
    const found = await Promise.all(checks);
    return { status: found.every(({ answers }) => answers) ? 'ready' : 'not-ready', checks: found };
  }

  return () => {
    if (recent === null || clock.monotonic() - recent.at > GOOD_FOR)
      recent = { at: clock.monotonic(), found: look() };
    return recent.found;
  };
}

function partsOf({ desk, guide }: Pick<Desk, 'desk' | 'guide'>) {
  return { target: () => desk.approvals(), storage: () => guide.current() };
}

/** A migration without a target is not one whose target does not answer. */
async function answersTo(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    return error instanceof MigrationError && error.code === 'MISSING_CONFIG';
  }
}
