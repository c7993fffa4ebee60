/** What the page knows of a plan, and how it changes one: tried first, written only when a person says so. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JourneyStep } from '../../engine/contract/journey-state.ts';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import type {
  EntityView,
  FoundFields,
  PlanChange,
  PlanChangeAnswer,
  PlanChangeRequest,
  PlanDifference,
  PlanView,
} from '../../server/shapes/plan.ts';
import { ask, Refusal } from './ask.ts';
import { migrationKey, planKey } from './keys.ts';
import { useBegun } from './runs-begun.ts';

const beforeTheLook: readonly JourneyStep[] = ['connect', 'preflight', 'analyse'];

/** Null: there is none yet. Before the old database was looked at there can be none, so it is not asked for. */
export function usePlan(id: MigrationId) {
  const { step } = useBegun(id);
  const isLookedAt = step !== null && !beforeTheLook.includes(step);
  return useQuery({
    queryKey: [...planKey(id), 'whole', isLookedAt],
    queryFn: async () => {
      if (!isLookedAt) return null;
      try {
        return await ask<PlanView>('GET', `/migrations/${id}/plan`);
      } catch (error) {
        if (error instanceof Refusal && error.problem.code === 'PLAN_MISSING') return null;
        throw error;
      }
    },
    refetchInterval: 15_000,
  });
}

/** The chosen one stays on the screen until the next has come. */
export function useEntity(id: MigrationId, name: string | null) {
  return useQuery({
    queryKey: [...planKey(id), 'entity', name],
    queryFn: () =>
      ask<EntityView>('GET', `/migrations/${id}/plan/entities/${encodeURIComponent(name ?? '')}`),
    enabled: name !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** Where fields of that name go, in every kind of record. */
export function useFoundFields(id: MigrationId, find: string) {
  const wanted = find.trim().slice(0, 100);
  return useQuery({
    queryKey: [...planKey(id), 'fields', wanted],
    queryFn: () =>
      ask<FoundFields>('GET', `/migrations/${id}/plan/fields?find=${encodeURIComponent(wanted)}`),
    enabled: wanted.length >= 2,
    placeholderData: (before) => (wanted.length >= 2 ? before : undefined),
    staleTime: 60_000,
  });
}

export function useDifference(id: MigrationId, wanted: boolean) {
  return useQuery({
    queryKey: [...planKey(id), 'difference'],
    queryFn: () => ask<PlanDifference>('GET', `/migrations/${id}/plan/difference`),
    enabled: wanted,
  });
}

/** What a change would do; nothing is written. Null: there is no change to try yet. */
export function useCheckedChange(id: MigrationId, change: PlanChange | null) {
  return useQuery({
    queryKey: [...planKey(id), 'check', change],
    queryFn: () => changes(id, { change: change!, check: true }),
    enabled: change !== null,
    gcTime: 0,
  });
}

export function useChangePlan(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: PlanChange) => changes(id, { change, check: false }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: planKey(id) }),
        queries.invalidateQueries({ queryKey: migrationKey(id) }),
      ]),
  });
}

function changes(id: MigrationId, request: PlanChangeRequest) {
  return ask<PlanChangeAnswer>('POST', `/migrations/${id}/plan/changes`, request);
}
