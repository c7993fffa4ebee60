/** A call of every tool that there is, with an input that it takes. */
import type { ToolName } from '../../../tools/permissions.ts';
import type { ScriptedCall } from '../../helpers/openai-server/script.ts';

const entity = 'orders';
const column = 'status';

export const inputs: Readonly<Record<ToolName, Readonly<Record<string, unknown>>>> = {
  whereWeAre: {},
  runPreflight: {},
  analyzeSource: { again: true },
  listTables: { search: null },
  describeTable: { table: 'dispatch_order' },
  describeColumn: { table: 'dispatch_order', column: 'status' },
  listPersonalData: {},
  assessSource: {},
  readPlan: {},
  readMapping: { entity },
  readQuestions: { after: null },
  compareWithSource: {},
  draftDdl: { entities: [] },
  runStatus: { runId: null },
  listCauses: { runId: null, entity: null },
  listCauseCards: {},
  tryFix: { cards: [], suggested: false },
  listFindings: { runId: null },
  explainRow: { entity, id: '1' },
  readReport: { runId: null },
  recentEvents: { limit: 10 },
  explainTerm: { term: 'gate' },
  tryCode: { entity, column, source: null, reads: null, writes: null, sample: null },
  startJourney: {},
  continueJourney: { answer: 'approved', cardId: null },
  createPlan: { again: true },
  excludeEntity: { entity: 'invoices', reason: 'because' },
  setEntity: { entity, dedupe: null, financial: false, maxFailureRate: 1 },
  setFilter: { entity, where: 'id > 0' },
  setColumn: { entity, column, transforms: [], reason: 'because' },
  setCode: { entity, source: '', reads: [], writes: [], reason: 'because' },
  renameColumn: { entity, column, to: 'condition' },
  leaveOutColumn: { entity, column: 'notes', reason: 'because' },
  setMisfitPolicy: { entity, column, onMisfit: 'quarantine' },
  setMissingPolicy: { entity, column, onMissing: 'null' },
  reviewSuggestion: { entity, column, decision: 'accept' },
  answerQuestion: { number: 1, choice: 'b' },
  takeRecommendations: {},
  requestApproval: { action: 'migrate' },
  rehearse: { chaos: false },
  startMigration: {},
  pauseMigration: {},
  resumeMigration: {},
  cancelMigration: {},
  validateRun: {},
  writeReport: {},
  retryQuarantine: { cards: [], suggested: false },
  runSync: {},
  acceptSetAside: {},
  rollbackRun: {},
  rollbackChanged: {},
  rollbackPart: { entities: ['patients'], level: null },
  previewRollbackPart: { entities: ['patients'], level: null },
  verifyAudit: {},
  listAudit: { runId: null, limit: 5 },
  previewRollback: {},
  cleanUp: { olderThanDays: 1 },
};

export const everyTool = Object.keys(inputs) as ToolName[];

export function callsOf(...names: readonly string[]): ScriptedCall[] {
  return names.map((name) => ({ name, arguments: { ...(inputs as Record<string, object>)[name] } }));
}
