/** The five workflows, by the keys they are registered with. */
import { createGuidedMigration } from './guided-migration/guided-migration.ts';
import type { WorkflowDependencies } from './guided-step.ts';
import { createDifferentialSync, createSchemaCleanup } from './not-built-yet.ts';
import { createRehearsal } from './rehearsal.ts';
import { createRollback } from './rollback.ts';

export type { WorkflowDependencies } from './guided-step.ts';

export function createWorkflows(deps: WorkflowDependencies) {
  return {
    guidedMigration: createGuidedMigration(deps),
    rehearsal: createRehearsal(deps),
    rollback: createRollback(deps),
    differentialSync: createDifferentialSync(deps),
    schemaCleanup: createSchemaCleanup(deps),
  };
}
