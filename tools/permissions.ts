/**
 * What every tool may do, by its exact name: the one table that the gate (permit.ts) obeys. A tool that is not listed
 * does not run; an agent that is not listed with it is refused, whatever its model says.
 *
 * read     looks, changes nothing
 * propose  edits the plan file, or asks a person for an approval; touches no database
 * execute  starts, stops or checks work; writing needs an approval that a person gave
 * destroy  takes something out, or goes past a gate; always needs an approval that a person gave
 *
 * Later tools (sync, schema clean-up) get their line here.
 */
import type { ApprovalAction } from '../engine/index.ts';

export const agentIds = [
  'orchestrator',
  'schema-analysis',
  'planning',
  'data-mapping',
  'migration-execution',
  'validation',
  'user-guidance',
] as const;
export type AgentId = (typeof agentIds)[number];

export type Permission = 'read' | 'propose' | 'execute' | 'destroy';

export interface ToolRule {
  readonly permission: Permission;
  readonly agents: readonly AgentId[];
  /** The approval it uses up. */
  readonly approval?: ApprovalAction;
}

export const permissions = {
  // read
  whereWeAre: rule('read', [
    'orchestrator',
    'planning',
    'data-mapping',
    'migration-execution',
    'validation',
    'user-guidance',
  ]),
  runPreflight: rule('read', ['schema-analysis']),
  analyzeSource: rule('read', ['schema-analysis']),
  listTables: rule('read', ['schema-analysis', 'planning', 'data-mapping', 'user-guidance']),
  describeTable: rule('read', ['schema-analysis', 'planning', 'data-mapping', 'user-guidance']),
  describeColumn: rule('read', ['schema-analysis', 'data-mapping', 'user-guidance']),
  listPersonalData: rule('read', ['schema-analysis', 'data-mapping', 'user-guidance']),
  assessSource: rule('read', ['schema-analysis', 'planning', 'user-guidance']),
  readPlan: rule('read', ['planning', 'data-mapping', 'user-guidance']),
  readMapping: rule('read', ['planning', 'data-mapping', 'user-guidance']),
  compareWithSource: rule('read', ['schema-analysis', 'planning', 'validation']),
  readQuestions: rule('read', ['planning', 'data-mapping', 'user-guidance']),
  draftDdl: rule('read', ['planning', 'data-mapping']),
  runStatus: rule('read', ['migration-execution', 'validation', 'user-guidance']),
  listCauses: rule('read', ['migration-execution', 'validation', 'user-guidance']),
  listCauseCards: rule('read', ['migration-execution', 'validation', 'user-guidance']),
  listFindings: rule('read', ['validation', 'user-guidance']),
  explainRow: rule('read', ['validation', 'user-guidance']),
  readReport: rule('read', ['validation', 'user-guidance']),
  previewRollback: rule('read', ['migration-execution', 'validation', 'user-guidance']),
  previewRollbackPart: rule('read', ['migration-execution', 'validation', 'user-guidance']),
  recentEvents: rule('read', ['migration-execution', 'user-guidance']),
  verifyAudit: rule('read', ['validation', 'user-guidance']),
  listAudit: rule('read', ['migration-execution', 'validation', 'user-guidance']),
  explainTerm: rule('read', ['user-guidance']),
  /** Runs code on rows that are only read; nothing is kept of it. */
  tryCode: rule('read', ['data-mapping']),
  /** Reads rows and tries them with a changed plan; neither a row nor the plan is written. */
  tryFix: rule('read', ['migration-execution', 'validation']),
  // propose
  startJourney: rule('propose', ['orchestrator']),
  continueJourney: rule('propose', ['orchestrator']),
  createPlan: rule('propose', ['planning']),
  excludeEntity: rule('propose', ['planning']),
  setEntity: rule('propose', ['planning']),
  setFilter: rule('propose', ['planning', 'data-mapping']),
  setColumn: rule('propose', ['data-mapping']),
  setCode: rule('propose', ['data-mapping']),
  renameColumn: rule('propose', ['data-mapping']),
  leaveOutColumn: rule('propose', ['data-mapping']),
  setMisfitPolicy: rule('propose', ['data-mapping']),
  setMissingPolicy: rule('propose', ['data-mapping']),
  reviewSuggestion: rule('propose', ['data-mapping']),
  answerQuestion: rule('propose', ['data-mapping']),
  takeRecommendations: rule('propose', ['data-mapping']),
  requestApproval: rule('propose', ['orchestrator', 'planning', 'migration-execution', 'validation']),
  // execute
  rehearse: rule('execute', ['migration-execution'], 'rehearse'),
  startMigration: rule('execute', ['migration-execution'], 'migrate'),
  pauseMigration: rule('execute', ['migration-execution']),
  resumeMigration: rule('execute', ['migration-execution']),
  cancelMigration: rule('execute', ['migration-execution']),
  validateRun: rule('execute', ['validation']),
  writeReport: rule('execute', ['validation']),
  retryQuarantine: rule('execute', ['migration-execution'], 'retry-quarantine'),
  runSync: rule('execute', ['migration-execution']),
  // destroy
  acceptSetAside: rule('destroy', ['migration-execution'], 'accept-set-aside'),
  rollbackRun: rule('destroy', ['migration-execution'], 'rollback'),
  rollbackChanged: rule('destroy', ['migration-execution'], 'rollback'),
  rollbackPart: rule('destroy', ['migration-execution'], 'rollback'),
  cleanUp: rule('destroy', ['migration-execution'], 'clean-up'),
} as const satisfies Readonly<Record<string, ToolRule>>;

export type ToolName = keyof typeof permissions;

function rule(permission: Permission, agents: readonly AgentId[], approval?: ApprovalAction): ToolRule {
  return approval === undefined ? { permission, agents } : { permission, agents, approval };
}
