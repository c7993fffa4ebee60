/** Under which names the page keeps what it knows, so that news can say which of it is old. */
import type { QueryKey } from '@tanstack/react-query';
import type { MigrationId } from '../../server/shapes/migrations.ts';

export const migrationsKey = ['migrations'] as const;
/** Everything below it is of one migration. */
export const migrationKey = (id: MigrationId) => ['migrations', id] as const;
export const guideKey = (id: MigrationId) => ['migrations', id, 'guide'] as const;
export const messagesKey = (id: MigrationId) => ['migrations', id, 'messages'] as const;
export const questionsKey = (id: MigrationId) => ['migrations', id, 'questions'] as const;
export const approvalsKey = (id: MigrationId) => ['migrations', id, 'approvals'] as const;
export const runKey = (id: MigrationId) => ['migrations', id, 'run'] as const;
/** How far it is. */
export const newestRunKey = (id: MigrationId) => [...runKey(id), 'latest'] as const;
export const planKey = (id: MigrationId) => ['plan', id] as const;

/** All that a step, an answer or a decision may have changed; not the conversation, which tells of it itself. */
export function steered(id: MigrationId): readonly QueryKey[] {
  return [guideKey(id), questionsKey(id), approvalsKey(id), runKey(id), planKey(id)];
}
