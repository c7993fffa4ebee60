/** How far the newest run is, what happened, and the steps that move it on or stop it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import type { History, RunAnswer, RunView } from '../../server/shapes/runs.ts';
import type { StepAnswer, StepName, UndoPreview } from '../../server/shapes/steps.ts';
import { ask, unlessNothingYet } from './ask.ts';
import { migrationKey, newestRunKey, runKey } from './keys.ts';

/** How many events are asked for and shown: a run of a million events is as long as one of fifty. */
export const MOST_EVENTS = 50;

const still = 15_000;
/** Where nothing is told meanwhile: as long as the stream of events does tell, see live.tsx, nobody has to ask. */
const untold = 5000;

/** Null: nothing has been moved yet; one that was undone is shown as such. Old figures stay while the server is not reached. */
export function useRun(id: MigrationId) {
  return useQuery({
    queryKey: newestRunKey(id),
    queryFn: async () =>
      unlessNothingYet<RunView>(await ask<RunAnswer>('GET', `/migrations/${id}/runs/latest`)),
    refetchInterval: untold,
  });
}

/** The last events, newest last. */
export function useHistory(id: MigrationId, isMoving: boolean) {
  return useQuery({
    queryKey: [...runKey(id), 'history'],
    queryFn: () => ask<History>('GET', `/migrations/${id}/history?limit=${MOST_EVENTS}`),
    refetchInterval: isMoving ? 2 * untold : still,
  });
}

/** What undoing would do now; nothing is changed by asking. */
export function useUndoPreview(id: MigrationId, isWanted: boolean) {
  return useQuery({
    queryKey: [...runKey(id), 'undo'],
    queryFn: () => ask<UndoPreview>('GET', `/migrations/${id}/undo`),
    enabled: isWanted,
  });
}

/** Whatever comes of a step, everything that is known of the migration may be old afterwards. */
export function useStep(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (step: StepName) => ask<StepAnswer>('POST', `/migrations/${id}/steps/${step}`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: migrationKey(id) }),
  });
}
