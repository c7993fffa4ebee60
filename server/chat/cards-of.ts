/** Which card a tool's answer becomes. Only what has the promised shape is shown; an approval is named, never copied. */
import { z } from 'zod';
import type { TurnPart } from '../../desk/turn-parts.ts';
import { answersFacts, changeFacts, questionsFacts } from '../../engine/contract/facts.ts';
import { guideView } from '../../engine/contract/guide.ts';
import { runFacts } from '../../engine/contract/journey-state.ts';
import { type ChatCard, type ChatData, chatData, chatFacts } from '../shapes/chat.ts';
import { findingsIn } from './findings-in.ts';

export type ToolResult = Extract<TurnPart, { readonly kind: 'result' }>;

/** None for most: the guide's words are the answer. */
export function cardsOf({ tool, outcome, facts }: ToolResult): ChatCard[] {
  if (outcome.approvalId !== null)
    return [{ type: 'data-approval', data: { approvalId: outcome.approvalId } }];
  if (outcome.status !== 'done' || facts.data === null) return [];
  const card =
    factsCard(tool, facts.data) ??
    findingCard(tool, facts.data) ??
    questionCard(tool, facts.data) ??
    progressCard(tool, facts.data) ??
    mappingCard(tool, facts);
  return card === null ? [] : [card];
}

const aboutOf: Readonly<Record<string, ChatData['facts']['about']>> = {
  analyzeSource: 'catalog',
  describeTable: 'table',
  listTables: 'tables',
  assessSource: 'assessment',
  createPlan: 'plan',
  readPlan: 'plan',
  rehearse: 'rehearsal',
  validateRun: 'validation',
  readReport: 'report',
  writeReport: 'report',
  previewRollback: 'undo-preview',
  rollbackRun: 'undone',
  rollbackChanged: 'undone',
  explainRow: 'row',
  tryCode: 'code-trial',
  tryFix: 'fix-trial',
  retryQuarantine: 'retried',
};

function factsCard(tool: string, data: unknown): ChatCard | null {
  const about = Object.hasOwn(aboutOf, tool) ? aboutOf[tool] : undefined;
  const read = about === undefined ? undefined : chatFacts.safeParse({ about, data }).data;
  return read === undefined ? null : { type: 'data-facts', data: read };
}

function findingCard(tool: string, data: unknown): ChatCard | null {
  const found = findingsIn(tool, data);
  if (found === null || found.length === 0) return null;
  // in the order of the shape, as it is when it is read again
  const shown = chatData.finding.parse({ findings: found.slice(0, mostFindings), total: found.length });
  return { type: 'data-finding', data: shown };
}

const mostFindings = 20;

function questionCard(tool: string, data: unknown): ChatCard | null {
  if (['readQuestions', 'answerQuestion', 'takeRecommendations'].includes(tool)) {
    const next = (questionsFacts.safeParse(data).data ?? answersFacts.safeParse(data).data)?.next;
    return next ? { type: 'data-question', data: { of: 'plan', number: next.number } } : null;
  }
  if (tool !== 'startJourney' && tool !== 'continueJourney') return null;
  const view = guideView.safeParse(data).data;
  if (view === undefined || view.card === null || view.cardId === null) return null;
  return { type: 'data-question', data: { of: 'guide', cardId: view.cardId } };
}

const ofRuns = [
  'runStatus',
  'startMigration',
  'resumeMigration',
  'pauseMigration',
  'cancelMigration',
  'acceptSetAside',
];

function progressCard(tool: string, data: unknown): ChatCard | null {
  if (!ofRuns.includes(tool)) return null;
  const run = runFacts.safeParse(data).data;
  return run === undefined ? null : { type: 'data-progress', data: { runId: run.runId } };
}

const place = z.object({ entity: z.string(), column: z.string().optional().catch(undefined) });

/** A mapping that was read, or changed. */
function mappingCard(tool: string, { input, data }: ToolResult['facts']): ChatCard | null {
  const of = place.safeParse(input).data;
  if (of === undefined) return null;
  const columns = of.column === undefined ? null : [of.column];
  if (tool === 'readMapping')
    return { type: 'data-mapping', data: { entity: of.entity, columns, change: null } };
  const change = changeFacts.safeParse(data).data;
  // of a kind of record that was taken out there is nothing to be shown
  if (change === undefined || !change.changed || tool === 'excludeEntity') return null;
  const { before, after } = change;
  return { type: 'data-mapping', data: { entity: of.entity, columns, change: { before, after } } };
}
