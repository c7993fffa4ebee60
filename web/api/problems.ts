/** Rows that were set aside: looked at by cause, tried with what is suggested, moved after all, shown as they are. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import type {
  FixTrial,
  HeldChoice,
  Quarantine,
  RetryAnswer,
  Revealed,
  RevealRequest,
} from '../../server/shapes/quarantine.ts';
import { ask, Refusal } from './ask.ts';
import { migrationKey } from './keys.ts';
import { useBegun } from './runs-begun.ts';

/** Null: nothing has been moved yet, so nothing can have been set aside. */
export function useProblems(id: MigrationId, isMoving: boolean) {
  const { isBegun } = useBegun(id);
  return useQuery({
    queryKey: [...migrationKey(id), 'quarantine', 'cards', isBegun],
    queryFn: async () => {
      if (!isBegun) return null;
      try {
        return await ask<Quarantine>('GET', `/migrations/${id}/quarantine`);
      } catch (error) {
        if (error instanceof Refusal && error.problem.code === 'NO_RUN') return null;
        throw error;
      }
    },
    refetchInterval: isMoving ? 3000 : 15_000,
  });
}

/** Writes nothing. */
export function useTryFix(id: MigrationId) {
  return useMutation({
    mutationFn: async (choice: HeldChoice) => ({
      ...(await ask<FixTrial>('POST', `/migrations/${id}/quarantine/try`, choice)),
      at: new Date(),
    }),
  });
}

/** Answers with the approval that a person must give first, or with what came of it. */
export function useRetryHeld(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (choice: HeldChoice) =>
      ask<RetryAnswer>('POST', `/migrations/${id}/quarantine/retry`, choice),
    onSettled: () => queries.invalidateQueries({ queryKey: migrationKey(id) }),
  });
}

/** Values as they are. They are kept nowhere: not in what the page remembers, and gone when the window closes. */
export function useReveal(id: MigrationId) {
  return useMutation({
    mutationFn: (request: RevealRequest) =>
      ask<Revealed>('POST', `/migrations/${id}/quarantine/reveal`, request),
    gcTime: 0,
  });
}
