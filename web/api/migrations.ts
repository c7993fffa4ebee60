/** What the page knows of migrations, and what it can ask for. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../server/shapes/access.ts';
import type { MigrationId, MigrationSummary, MigrationView } from '../../server/shapes/migrations.ts';
import { ask } from './ask.ts';

export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: () => ask<Session>('GET', '/session'),
    staleTime: Infinity,
  });
}

export function useMigrations() {
  return useQuery({
    queryKey: ['migrations'],
    queryFn: () => ask<MigrationSummary[]>('GET', '/migrations'),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'opening') ? 1000 : 15_000),
  });
}

export function useMigration(id: MigrationId) {
  return useQuery({
    queryKey: ['migrations', id],
    queryFn: () => ask<MigrationView>('GET', `/migrations/${id}`),
    refetchInterval: ({ state }) => (state.data?.state === 'opening' ? 1000 : 5000),
  });
}

export function useOpenMigration() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: MigrationId) => ask<MigrationView>('POST', `/migrations/${id}/open`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['migrations'] }),
  });
}
