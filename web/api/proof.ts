/** The proof of the newest run, and its signature. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import type { Proof, ProofAnswer, SignOffAnswer, SignOffRequest } from '../../server/shapes/proof.ts';
import type { StepAnswer } from '../../server/shapes/steps.ts';
import { ask, unlessNothingYet } from './ask.ts';
import { migrationKey } from './keys.ts';
import { useBegun } from './runs-begun.ts';

/** Null: nothing has been moved yet. Samples are read anew for it, so it is not asked for every moment. */
export function useProof(id: MigrationId) {
  const { step } = useBegun(id);
  return useQuery({
    queryKey: [...migrationKey(id), 'proof', step],
    queryFn: async () => unlessNothingYet<Proof>(await ask<ProofAnswer>('GET', `/migrations/${id}/proof`)),
    // with every step of the journey it says something else; until then what it said stays
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

/** Compares old and new, or writes the report: what stands between a moved result and its signature. */
export function useProving(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (step: 'validate' | 'report') =>
      ask<StepAnswer>('POST', `/migrations/${id}/steps/${step}`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: migrationKey(id) }),
  });
}

export function useSignOff(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (signature: SignOffRequest) =>
      ask<SignOffAnswer>('POST', `/migrations/${id}/sign-off`, signature),
    onSettled: () => queries.invalidateQueries({ queryKey: migrationKey(id) }),
  });
}

/** The address of a report as a file. */
export function reportAddress(id: MigrationId, path: string): string {
  return `/api/v1/migrations/${id}${path}`;
}
