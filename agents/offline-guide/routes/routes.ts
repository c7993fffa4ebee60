/** Who answers what, and how. A new capability of the product gets its line here and its phrasings in patterns/. */
import type { AgentId } from '../../../tools/permissions.ts';
import { dockerHere } from '../answers/code.ts';
import { howHard } from '../answers/how-hard.ts';
import { personalFields } from '../answers/personal.ts';
import { behind, mistakes, risks, unsure, wholePlan } from '../answers/plan.ts';
import { auditEntries, causeAfter, causes, events, money, notChecked, report } from '../answers/results.ts';
import {
  approvalMeans,
  canClose,
  canUndo,
  help,
  howLong,
  rehearsalResult,
  safe,
  status,
} from '../answers/state.ts';
import { everyTable, hardTables } from '../answers/tables.ts';
import type { Intent } from '../intent-names.ts';
import { placeOf } from '../slots.ts';
import { say } from '../step.ts';
import * as change from './changes.ts';
import * as code from './code.ts';
import { howKnow, why } from './doubt.ts';
import * as explaining from './explain.ts';
import * as journey from './journey.ts';
import { lookUp, type Route } from './lookup.ts';
import * as move from './moves.ts';
import * as question from './plan-questions.ts';
import * as setAside from './set-aside.ts';
import * as table from './tables.ts';
import { undoChange } from './undo-change.ts';

export interface Line {
  readonly agent: AgentId;
  readonly route: Route;
}

const line = (agent: AgentId, route: Route): Line => ({ agent, route });
const newest = { runId: null };
const valueRule = (kind: 'default' | 'constant') =>
  change.transform((moment) => {
    const value = change.said(moment, 'value');
    return value === null ? null : { kind, value };
  });
const rule = (kind: 'trim' | 'lower' | 'upper' | 'empty-to-null' | 'copy') =>
  change.transform(() => ({ kind }));

export const lines: Partial<Record<Intent, Line>> = {
  // the journey
  look: line('orchestrator', journey.begin),
  'go-on': line('orchestrator', journey.goOn),
  yes: line('orchestrator', journey.yes),
  no: line('orchestrator', journey.later),
  later: line('orchestrator', journey.later),
  approved: line('orchestrator', journey.approved),
  declined: line('orchestrator', journey.declined),
  approve: line('orchestrator', journey.whoApproves),
  'approve-all': line('orchestrator', journey.whoApproves),
  waiting: line('orchestrator', journey.whoApproves),
  next: line('orchestrator', journey.whatNext),
  status: line('orchestrator', lookUp('whereWeAre', {}, status)),
  'how-long': line('orchestrator', lookUp('whereWeAre', {}, howLong)),
  'rehearsal-result': line('orchestrator', lookUp('whereWeAre', {}, rehearsalResult)),
  'approval-means': line('orchestrator', lookUp('whereWeAre', {}, approvalMeans)),
  safe: line('orchestrator', lookUp('whereWeAre', {}, safe)),
  'can-undo': line('orchestrator', lookUp('whereWeAre', {}, canUndo)),
  stop: line('orchestrator', move.stopWhat),
  'sign-off': line('orchestrator', journey.signOff),
  'how-know': line('orchestrator', howKnow),
  'undo-change': line('orchestrator', undoChange),
  choice: line('orchestrator', () =>
    say('I offered nothing with that number. Say what you would like in words.', [
      'Where are we',
      'What can you do',
    ]),
  ),
  // the old database
  preflight: line('schema-analysis', lookUp('runPreflight')),
  found: line('schema-analysis', lookUp('analyzeSource', { again: false })),
  'show-all': line('schema-analysis', lookUp('listTables', { search: null }, everyTable)),
  'hard-tables': line('schema-analysis', lookUp('listTables', { search: null }, hardTables)),
  'personal-data': line('schema-analysis', (moment) =>
    lookUp('listPersonalData', {}, personalFields(moment.dialogue.understood))(moment),
  ),
  'how-hard': line('schema-analysis', lookUp('assessSource', {}, howHard)),
  'look-again': line('schema-analysis', lookUp('analyzeSource', { again: true })),
  drift: line('schema-analysis', lookUp('compareWithSource')),
  // the plan
  'new-plan': line('planning', move.newPlan),
  'show-plan': line('planning', lookUp('readPlan', {}, wholePlan)),
  'show-behind': line('planning', lookUp('readPlan', {}, behind)),
  'show-mistakes': line('planning', lookUp('readPlan', {}, mistakes)),
  'go-wrong': line('planning', lookUp('readPlan', {}, risks)),
  ddl: line('planning', (moment) => ddl(moment)),
  'exclude-table': line('planning', table.exclude),
  'add-filter': line('planning', table.addFilter),
  'remove-filter': line('planning', table.removeFilter),
  // a field
  unsure: line('data-mapping', lookUp('readPlan', {}, unsure)),
  'show-mapping': line('data-mapping', explaining.showMapping),
  'change-field': line('data-mapping', (moment) => changeHow(moment)),
  'rename-column': line('data-mapping', change.rename),
  'leave-out-column': line('data-mapping', change.leaveOut),
  'set-misfit': line('data-mapping', change.setMisfit),
  'set-missing': line('data-mapping', change.setMissing),
  'plan-questions': line('data-mapping', question.showQuestions),
  'next-question': line('data-mapping', question.nextOne),
  recommend: line('data-mapping', question.recommend),
  'question-why': line('data-mapping', question.whyAsked),
  'answer-question': line('data-mapping', question.answerOne),
  'take-recommended': line('data-mapping', question.takeAll),
  'set-choice': line('data-mapping', change.transform(change.choiceOf)),
  'set-default': line('data-mapping', valueRule('default')),
  'set-constant': line('data-mapping', valueRule('constant')),
  'set-empty-to-null': line('data-mapping', rule('empty-to-null')),
  'set-trim': line('data-mapping', rule('trim')),
  'set-lower': line('data-mapping', rule('lower')),
  'set-upper': line('data-mapping', rule('upper')),
  'set-copy': line('data-mapping', rule('copy')),
  'set-type': line('data-mapping', change.setType),
  'accept-suggestion': line('data-mapping', (moment) => reviewOf('accept', moment)),
  'reject-suggestion': line('data-mapping', (moment) => reviewOf('reject', moment)),
  'show-code': line('data-mapping', code.showCode),
  'why-code': line('data-mapping', code.whyCode),
  'try-code': line('data-mapping', code.tryCode),
  docker: line('schema-analysis', lookUp('runPreflight', {}, dockerHere)),
  // the move
  'rehearse-chaos': line('migration-execution', lookUp('rehearse', { chaos: true })),
  rehearse: line('migration-execution', lookUp('rehearse', { chaos: false })),
  'start-move': line('migration-execution', lookUp('startMigration')),
  pause: line('migration-execution', lookUp('pauseMigration')),
  resume: line('migration-execution', lookUp('resumeMigration')),
  cancel: line('migration-execution', move.cancelMove),
  'accept-set-aside': line('migration-execution', lookUp('acceptSetAside')),
  'preview-rollback': line('migration-execution', lookUp('previewRollback')),
  rollback: line('migration-execution', lookUp('rollbackRun')),
  'preview-rollback-part': line('migration-execution', move.undoPart('previewRollbackPart')),
  'rollback-part': line('migration-execution', move.undoPart('rollbackPart')),
  'clean-up': line('migration-execution', move.cleanUp),
  'retry-set-aside': line('migration-execution', setAside.retry),
  'try-fix': line('migration-execution', lookUp('tryFix', { cards: [], suggested: true })),
  'what-to-do-set-aside': line('migration-execution', lookUp('listCauseCards')),
  sync: line('migration-execution', lookUp('runSync')),
  // what came of it
  validate: line('validation', lookUp('validateRun')),
  'write-report': line('validation', lookUp('writeReport')),
  report: line('validation', lookUp('readReport', newest, report)),
  money: line('validation', lookUp('readReport', newest, money)),
  'not-checked': line('validation', lookUp('readReport', newest, notChecked)),
  findings: line('validation', lookUp('listFindings', newest)),
  'list-set-aside': line('validation', lookUp('listCauses', { ...newest, entity: null }, causes)),
  'go-through': line('validation', (moment) =>
    lookUp('listCauses', { ...newest, entity: null }, causeAfter(moment.dialogue.lastWords))(moment),
  ),
  'explain-row': line('validation', explaining.explainRow),
  // explaining
  explain: line('user-guidance', explaining.explain),
  name: line('user-guidance', explaining.explain),
  'can-close': line('orchestrator', lookUp('whereWeAre', {}, canClose)),
  'explain-column': line('user-guidance', explaining.explainColumn),
  events: line('user-guidance', lookUp('recentEvents', { limit: 10 }, events)),
  'audit-intact': line('user-guidance', lookUp('verifyAudit')),
  'list-audit': line('user-guidance', lookUp('listAudit', { ...newest, limit: 8 }, auditEntries)),
  why: line('user-guidance', why),
  help: line('orchestrator', (moment) => lookUp('whereWeAre', {}, help(moment.agent))(moment)),
};

const ddl: Route = (moment) => {
  const named = moment.dialogue.understood.slots.name;
  return lookUp('draftDdl', { entities: named === undefined ? [] : [named] }, (data, { words, choices }) => {
    const statements = Array.isArray(data) ? data.filter((item) => typeof item === 'string') : [];
    const shown = statements.slice(0, 5).join(';\n');
    return say(
      statements.length === 0
        ? words
        : `${words}\n${shown}${statements.length > 5 ? `\nand ${statements.length - 5} more` : ''}`,
      choices,
    );
  })(moment);
};

const changeHow: Route = (moment) => {
  const { table: of, column: field } = change.placeMeant(moment);
  const place = `${field ?? 'zip'} in ${of ?? 'offices'}`;
  return say(
    `How shall it change? You can say: “rename ${place} to …”, “leave out the field ${place}”, “trim ${place}”, “make ${place} lower case”, “use "…" when ${place} is empty”, or “if ${place} does not fit, set it aside”.`,
    field === null ? ['What are you unsure about?', 'Show the plan'] : [`Show how ${place} moves`, 'Later'],
  );
};

/** A field that was named now, or in the question before; else the first suggestion is shown, to be answered. */
function reviewOf(decision: 'accept' | 'reject', moment: Parameters<Route>[0]) {
  const { understood, asked } = moment.dialogue;
  const isNamed = [understood, ...asked.slice(0, 1)].some((one) => placeOf(one).column !== null);
  return isNamed ? change.review(decision)(moment) : lookUp('readPlan', {}, unsure)(moment);
}
