/** How far the journey is, for whoever asks about its move: before there is one, asking would only be refused. */
import { useState } from 'react';
import type { JourneyStep } from '../../engine/contract/journey-state.ts';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import { useMigration } from './migrations.ts';

interface Begun {
  /** A move that was undone counts as none. */
  readonly isBegun: boolean;
  readonly step: JourneyStep | null;
}

/** As last known while the databases are away. */
export function useBegun(id: MigrationId): Begun {
  const journey = useMigration(id).data?.journey ?? null;
  const [last, setLast] = useState<Begun>({ isBegun: false, step: null });
  const now = journey === null ? last : { isBegun: journey.run !== null, step: journey.step };
  if (now.isBegun !== last.isBegun || now.step !== last.step) setLast(now);
  return now;
}
