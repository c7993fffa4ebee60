/** All tools, each behind the gate. Their names, rights and holders are in permissions.ts; a tool without a line there cannot be made. */
import type { StandardSchemaWithJSON } from '@mastra/core/schema';
import { createTool, type Tool } from '@mastra/core/tools';
import type { z } from 'zod';
import type { Journey, JourneyGuide, Log } from '../engine/index.ts';
import { analyzeSource, compareWithSource, runPreflight } from './analyze-source.ts';
import {
  excludeEntity,
  leaveOutColumn,
  renameColumn,
  reviewSuggestion,
  setEntity,
  setFilter,
  setMisfitPolicy,
  setMissingPolicy,
} from './change-plan.ts';
import { validateRun, writeReport } from './check-result.ts';
import { setCode, tryCode } from './code.ts';
import { createPlan } from './create-plan.ts';
import type { ToolDefinition } from './definition.ts';
import { continueJourney, startJourney } from './drive-journey.ts';
import { envelopeOf } from './envelope.ts';
import { explainTerm } from './explain-term.ts';
import {
  assessSource,
  describeColumn,
  describeTable,
  listPersonalData,
  listTables,
} from './look-at-tables.ts';
import { runSync } from './not-built-yet.ts';
import { type AgentId, permissions, type ToolName } from './permissions.ts';
import { createGate } from './permit.ts';
import { answerQuestion, readQuestions, takeRecommendations } from './plan-questions.ts';
import { listCauseCards, retryQuarantine, tryFix } from './quarantine.ts';
import { draftDdl, readMapping, readPlan } from './read-plan.ts';
import { explainRow, listFindings, readReport } from './read-results.ts';
import { requestApproval } from './request-approval.ts';
import {
  cancelMigration,
  pauseMigration,
  rehearse,
  resumeMigration,
  startMigration,
} from './run-migration.ts';
import { setColumn } from './set-column.ts';
import {
  acceptSetAside,
  cleanUp,
  previewRollback,
  previewRollbackPart,
  rollbackChanged,
  rollbackPart,
  rollbackRun,
} from './take-out.ts';
import { listAudit, listCauses, recentEvents, runStatus, verifyAudit } from './watch-run.ts';
import { whereWeAre } from './where-we-are.ts';

export type Tools = Record<ToolName, Tool>;

const definitions: Readonly<Record<ToolName, ToolDefinition>> = {
  whereWeAre,
  runPreflight,
  analyzeSource,
  listTables,
  describeTable,
  describeColumn,
  listPersonalData,
  assessSource,
  readPlan,
  readMapping,
  readQuestions,
  compareWithSource,
  draftDdl,
  runStatus,
  listCauses,
  listCauseCards,
  tryFix,
  listFindings,
  explainRow,
  readReport,
  recentEvents,
  verifyAudit,
  listAudit,
  explainTerm,
  tryCode,
  startJourney,
  continueJourney,
  createPlan,
  excludeEntity,
  setEntity,
  setFilter,
  setColumn,
  setCode,
  renameColumn,
  leaveOutColumn,
  setMisfitPolicy,
  setMissingPolicy,
  reviewSuggestion,
  answerQuestion,
  takeRecommendations,
  requestApproval,
  rehearse,
  startMigration,
  pauseMigration,
  resumeMigration,
  cancelMigration,
  validateRun,
  writeReport,
  retryQuarantine,
  runSync,
  acceptSetAside,
  rollbackRun,
  rollbackChanged,
  rollbackPart,
  previewRollback,
  previewRollbackPart,
  cleanUp,
};

export interface ToolDependencies {
  readonly journey: Journey;
  readonly guide: JourneyGuide;
  readonly log: Log;
}

/** By their names, as Mastra takes them; each call goes through the gate, whoever makes it. */
export function createTools({ journey, guide, log }: ToolDependencies): Tools {
  const pass = createGate(log);
  const entries = Object.entries(definitions).map(([name, definition]) => {
    const tool = createTool({
      id: name,
      description: definition.description,
      inputSchema: shapeOnly(definition.input),
      outputSchema: envelopeOf(definition.data),
      strict: true,
      execute: async (input, context) => {
        const caller = { agent: context.agent === undefined ? null : (context.agent.agentId ?? '') };
        const answer = await pass(name, definition, input, caller, { journey, guide });
        return answer as z.infer<ReturnType<typeof envelopeOf>>;
      },
    });
    return [name, tool];
  });
  return Object.fromEntries(entries) as Tools;
}

/**
 * The shape as a model and a form see it. Whether an input has it is judged by the gate alone: Mastra's own answer quotes
 * the input, is no envelope, passes no log, and is left out when a call is resumed.
 */
function shapeOnly(input: z.ZodObject): StandardSchemaWithJSON<unknown> {
  const standard = input['~standard'];
  return {
    '~standard': { ...standard, validate: (value) => ({ value }) },
  } as StandardSchemaWithJSON<unknown>;
}

/** What an agent holds: exactly its lines of the permission table. */
export function toolsFor(tools: Tools, agent: AgentId): Partial<Tools> {
  const held = Object.entries(permissions).filter(([, { agents }]) => agents.some((id) => id === agent));
  return Object.fromEntries(held.map(([name]) => [name, tools[name as ToolName]]));
}
