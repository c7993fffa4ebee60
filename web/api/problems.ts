/** Rows that were set aside: looked at by cause, tried with what is suggested, moved after all, shown as they are. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import type {
  FixTrial,
  HeldChoice,
  Quarantine,
  QuarantineAnswer,
  RetryAnswer,
  Revealed,
  RevealRequest,
} from '../../server/shapes/quarantine.ts';
import { ask, unlessNothingYet } from './ask.ts';
import { migrationKey } from './keys.ts';

/** Null: nothing has been moved yet, so nothing can have been set aside. */
export function useProblems(id: MigrationId, isMoving: boolean) {
  return useQuery({
    queryKey: [...migrationKey(id), 'quarantine', 'cards'],
    queryFn: async () =>
      unlessNothingYet<Quarantine>(await ask<QuarantineAnswer>('GET', `/migrations/${id}/quarantine`)),
    refetchInterval: isMoving ? 5000 : 15_000,
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
