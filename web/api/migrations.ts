/** What the page knows of migrations, and what it can ask for. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Role, Session } from '../../server/shapes/access.ts';
import type { Connections } from '../../server/shapes/connections.ts';
import type { MigrationId, MigrationSummary, MigrationView } from '../../server/shapes/migrations.ts';
import { ask } from './ask.ts';
import { migrationKey, migrationsKey } from './keys.ts';
import { useReached } from './server.tsx';

export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: () => ask<Session>('GET', '/session'),
    staleTime: Infinity,
  });
}

const rank: readonly Role[] = ['viewer', 'operator', 'approver'];

/** What this person may do; nothing that writes while the server is not reached. */
export function useMay(): {
  readonly reached: boolean;
  readonly operate: boolean;
  readonly approve: boolean;
} {
  const role = useSession().data?.visitor.role ?? 'viewer';
  const reached = useReached().state === 'reached';
  const has = (needed: Role) => rank.indexOf(role) >= rank.indexOf(needed);
  return { reached, operate: reached && has('operator'), approve: reached && has('approver') };
}

export function useRole(): Role {
  return useSession().data?.visitor.role ?? 'viewer';
}

export function useMigrations() {
  return useQuery({
    queryKey: migrationsKey,
    queryFn: () => ask<MigrationSummary[]>('GET', '/migrations'),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'opening') ? 1000 : 15_000),
  });
}

export function useMigration(id: MigrationId) {
  return useQuery({
    queryKey: migrationKey(id),
    queryFn: () => ask<MigrationView>('GET', `/migrations/${id}`),
    // what changes is told by the stream of events; this covers what that does not tell
    refetchInterval: ({ state }) => (state.data?.state === 'open' ? 15_000 : 1500),
  });
}

export function useOpenMigration() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: MigrationId) => ask<MigrationView>('POST', `/migrations/${id}/open`),
    onSettled: () => queries.invalidateQueries({ queryKey: migrationsKey }),
  });
}

/** The preflight of both databases; only an open migration can be asked. */
export function useConnectionTest(id: MigrationId, isOpen: boolean) {
  return useQuery({
    queryKey: ['connections', id],
    queryFn: () => ask<Connections>('GET', `/migrations/${id}/connections`),
    enabled: isOpen,
    staleTime: 60_000,
  });
}
