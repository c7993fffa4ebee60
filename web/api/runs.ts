/** How far the newest run is, what happened, and the steps that move it on or stop it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import type { History, RunAnswer, RunView } from '../../server/shapes/runs.ts';
import type { StepAnswer, StepName, UndoPreview } from '../../server/shapes/steps.ts';
import { ask, unlessNothingYet } from './ask.ts';
import { migrationKey, runKey } from './keys.ts';

/** How many events are asked for and shown: a run of a million events is as long as one of fifty. */
export const MOST_EVENTS = 50;

const moving = 1000;
const still = 5000;

/** Null: nothing has been moved yet; one that was undone is shown as such. Old figures stay while the server is not reached. */
export function useRun(id: MigrationId) {
  return useQuery({
    queryKey: [...runKey(id), 'latest'],
    queryFn: async () =>
      unlessNothingYet<RunView>(await ask<RunAnswer>('GET', `/migrations/${id}/runs/latest`)),
    refetchInterval: ({ state }) => (state.data?.data.alive ? moving : still),
  });
}

/** The last events, newest last. */
export function useHistory(id: MigrationId, isMoving: boolean) {
  return useQuery({
    queryKey: [...runKey(id), 'history'],
    queryFn: () => ask<History>('GET', `/migrations/${id}/history?limit=${MOST_EVENTS}`),
    refetchInterval: isMoving ? 3 * moving : 3 * still,
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
