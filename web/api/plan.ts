/** What the page knows of a plan, and how it changes one: tried first, written only when a person says so. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import type {
  EntityView,
  PlanChange,
  PlanChangeAnswer,
  PlanChangeRequest,
  PlanDifference,
  PlanView,
} from '../../server/shapes/plan.ts';
import type { Questions } from '../../server/shapes/questions.ts';
import { ask, Refusal } from './ask.ts';

/** Everything below this key changes when the plan does. */
const ofPlan = (id: MigrationId) => ['plan', id] as const;

export function usePlan(id: MigrationId) {
  return useQuery({
    queryKey: ofPlan(id),
    queryFn: () => ask<PlanView>('GET', `/migrations/${id}/plan`),
    retry: (failures, error) => !(error instanceof Refusal) && failures < 1,
    refetchInterval: 15_000,
  });
}

/** The chosen one stays on the screen until the next has come. */
export function useEntity(id: MigrationId, name: string | null) {
  return useQuery({
    queryKey: [...ofPlan(id), 'entity', name],
    queryFn: () =>
      ask<EntityView>('GET', `/migrations/${id}/plan/entities/${encodeURIComponent(name ?? '')}`),
    enabled: name !== null,
    staleTime: 60_000,
  });
}

export function useQuestions(id: MigrationId, needed: boolean) {
  return useQuery({
    queryKey: [...ofPlan(id), 'questions'],
    queryFn: () => ask<Questions>('GET', `/migrations/${id}/questions`),
    enabled: needed,
  });
}

export function useDifference(id: MigrationId, wanted: boolean) {
  return useQuery({
    queryKey: [...ofPlan(id), 'difference'],
    queryFn: () => ask<PlanDifference>('GET', `/migrations/${id}/plan/difference`),
    enabled: wanted,
  });
}

/** What a change would do; nothing is written. Null: there is no change to try yet. */
export function useCheckedChange(id: MigrationId, change: PlanChange | null) {
  return useQuery({
    queryKey: [...ofPlan(id), 'check', change],
    queryFn: () => changes(id, { change: change!, check: true }),
    enabled: change !== null,
    retry: false,
    gcTime: 0,
  });
}

export function useChangePlan(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: PlanChange) => changes(id, { change, check: false }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ofPlan(id) }),
        queries.invalidateQueries({ queryKey: ['migrations'] }),
      ]),
  });
}

function changes(id: MigrationId, request: PlanChangeRequest) {
  return ask<PlanChangeAnswer>('POST', `/migrations/${id}/plan/changes`, request);
}
