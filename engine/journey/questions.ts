/** What can be asked about a migration at any time: each answer is computed anew from the kept files and the databases. */
import type { Journey } from '../contract/journey.ts';
import type { JourneyDependencies } from './dependencies.ts';
import { assessmentFacts } from './facts/assessment-facts.ts';
import { auditEntryFacts, auditVerdictFacts } from './facts/audit-facts.ts';
import { causeFacts } from './facts/cause-facts.ts';
import { columnFacts } from './facts/column-facts.ts';
import { ddlFacts } from './facts/ddl-facts.ts';
import { driftFacts } from './facts/drift-facts.ts';
import { eventFacts } from './facts/event-facts.ts';
import { findingsFacts } from './facts/finding-facts.ts';
import { lookedAt } from './facts/looked-at.ts';
import { mappingFacts } from './facts/mapping-facts.ts';
import { personalFacts } from './facts/personal-facts.ts';
import { planFacts } from './facts/plan-facts.ts';
import { questionsTold } from './facts/question-facts.ts';
import { reportFacts } from './facts/report-facts.ts';
import { rowFacts } from './facts/row-facts.ts';
import { tableFacts } from './facts/table-facts.ts';
import { tablesFacts } from './facts/table-list.ts';
import { anyPlan, readablePlan } from './plan-in-hand.ts';
import { tellRun } from './run-facts.ts';
import { readApprovals, readState, tellState } from './state.ts';
import { runInHand } from './steps/move.ts';

type Questions = Pick<
  Journey,
  | 'state'
  | 'approvals'
  | 'whereWeAre'
  | 'tables'
  | 'table'
  | 'column'
  | 'personal'
  | 'assessment'
  | 'plan'
  | 'questions'
  | 'mapping'
  | 'drift'
  | 'ddl'
  | 'run'
  | 'causes'
  | 'findings'
  | 'row'
  | 'report'
  | 'events'
  | 'auditVerdict'
  | 'auditEntries'
>;

export function createQuestions(deps: JourneyDependencies): Questions {
  const { engine, workspace } = deps;
  const plan = () => readablePlan(deps)?.plan ?? null;
  const looked = () => ({ catalog: lookedAt(workspace.readCatalog()), plan: plan() });
  const planned = () => ({ catalog: workspace.readCatalog(), plan: anyPlan(deps).plan });
  const inHand = async () => (await runInHand(deps)).runId;
  return {
    state: () => readState(deps),
    approvals: () => readApprovals(deps),
    whereWeAre: async () => tellState(await readState(deps)),
    tables: async (search) => tablesFacts(looked(), search),
    table: async (name) => tableFacts(looked(), name),
    column: async (table, column) => columnFacts(looked(), table, column),
    personal: async () => personalFacts(looked()),
    assessment: async () => assessmentFacts(looked()),
    plan: async () => planFacts(planned()),
    questions: async (after) => questionsTold(planned().plan, after),
    mapping: async (entity) => mappingFacts(planned(), entity),
    drift: async () => driftFacts({ engine, ...looked() }),
    ddl: async (entities) => ddlFacts(planned(), entities),
    run: async (runId) => tellRun(runId === null ? await runInHand(deps) : await engine.status(runId)),
    causes: async ({ runId, entity }) =>
      causeFacts({ engine, plan: plan(), runId: runId ?? (await inHand()), entity }),
    findings: async (runId) => findingsFacts(engine, runId ?? (await inHand())),
    row: async (entity, id) => rowFacts({ engine, plan: planned().plan }, entity, id),
    report: async (runId) => reportFacts({ engine, files: workspace.reportFiles }, runId ?? (await inHand())),
    events: (limit) => eventFacts(engine, limit),
    auditVerdict: () => auditVerdictFacts(engine),
    auditEntries: (of) => auditEntryFacts(engine, of),
  };
}
