/** The journey of the demo: every step through the same functions as the commands, each told in a line or two. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { MigrationReport } from '../../engine/contract/report.ts';
import type { RunResult } from '../../engine/contract/run.ts';
import type { ValidationReport } from '../../engine/contract/validation.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { countOf, formatCount, formatDuration, shortHash } from '../../engine/report/words.ts';
import type { Context } from '../command.ts';
import { analyze } from '../commands/analyze.ts';
import { accept, approve } from '../commands/approve.ts';
import { migrate } from '../commands/migrate.ts';
import { makePlan } from '../commands/plan.ts';
import { preflight } from '../commands/preflight.ts';
import { rehearse } from '../commands/rehearse.ts';
import { type WrittenReport, writeReport } from '../commands/report.ts';
import { resume } from '../commands/resume.ts';
import { validate } from '../commands/validate.ts';
import { answerPlan } from '../map/plan-answers.ts';
import { loadPlan } from '../plan-in-use.ts';
import { forecastLine } from '../text/rehearsal-lines.ts';

export interface Journey {
  readonly plan: PlanFile;
  readonly run: RunResult;
  readonly validation: ValidationReport;
  readonly report: MigrationReport;
  readonly files: WrittenReport['files'];
}

type Say = (...lines: readonly string[]) => void;

const catalogFile = 'catalog.json';
const reason = 'The demo accepts the defects that its generator planted';

export async function travel(context: Context, say: Say): Promise<Journey> {
  await checkServers(context, say);
  const plan = await answer(context, await lookAndPlan(context, say), say);
  await tryOut(context, plan, say);
  const approval = await approve(context, plan, { validHours: 1, reason: 'The demo says yes for you' });
  say(
    `Approve    ${approval.approver} says yes to this plan (hash ${shortHash(approval.planHash)}) for at most ${countOf(approval.maxRows, 'record')}.`,
  );
  const run = await move(context, say);
  const validation = await validate(context, {}, ['all', run.runId]);
  say(
    `Validate   ${countOf(validation.rowsCompared, 'record')}, ${countOf(validation.valuesCompared, 'value')} compared with the old database: ${validationWords(validation)}.`,
  );
  const { report, files } = await writeReport(context, {}, run.runId);
  return { plan, run, validation, report, files };
}

async function checkServers(context: Context, say: Say): Promise<void> {
  const checks = await preflight(context);
  const failed = checks.find((check) => check.status === 'fail');
  if (failed !== undefined) {
    throw new MigrationError({
      code: 'PREFLIGHT_FAILED',
      message: `Preflight: ${failed.message}`,
      hint: failed.remedy ?? 'Run “towpath demo” again.',
    });
  }
  const passed = checks.filter((check) => check.status === 'pass').length;
  say(
    `Preflight  ${countOf(passed, 'check')} of both databases passed, ${formatCount(checks.length - passed)} told as a note.`,
  );
}

async function lookAndPlan(context: Context, say: Say): Promise<PlanFile> {
  mkdirSync(dirname(context.planPath), { recursive: true });
  const catalog = await analyze(context, { output: catalogFile, schema: ['public'] });
  const links = catalog.tables.reduce((sum, table) => sum + table.foreignKeys.length, 0);
  say(
    `Analyse    ${countOf(catalog.tables.length, 'table')} with ${countOf(links, 'declared link')}; ${formatCount(catalog.inferred.length)} more found in names and values. Only read.`,
  );
  const options = { catalog: catalogFile, name: 'demo', targetSchema: 'public' };
  const plan = await makePlan(context, options, context.planPath);
  const levels = new Set(plan.entities.map((entity) => entity.level)).size;
  say(
    `Plan       ${countOf(plan.entities.length, 'kind')} of records move in ${countOf(levels, 'level')}; ${countOf(plan.excluded.length, 'table')} of the old software can stay behind.`,
  );
  return plan;
}

/** What only a person can decide: the demo takes what is recommended, openly. */
async function answer(context: Context, plan: PlanFile, say: Say): Promise<PlanFile> {
  const required = plan.questions.filter((question) => question.required);
  await answerPlan(context, { catalog: catalogFile, allRecommended: true }, []);
  for (const { text, choices, recommended } of required)
    say(`Ask        ${text} ${choices.find(({ id }) => id === recommended)!.text}.`);
  say(
    `           The demo took what is recommended in ${countOf(plan.questions.length, 'question')}; you would be asked: towpath map answer`,
  );
  return loadPlan(context);
}

async function tryOut(context: Context, plan: PlanFile, say: Say): Promise<void> {
  const rehearsal = await rehearse(context, plan, { sample: 200 });
  const rows = rehearsal.entities.reduce((sum, entity) => sum + entity.rows, 0);
  if (rehearsal.status === 'failed') {
    throw new MigrationError({
      code: 'REHEARSAL_FAILED',
      message: 'The rehearsal found something that must be put right first.',
      hint: `Look at the plan: towpath map --plan ${context.planPath}`,
    });
  }
  say(
    `Rehearse   ${countOf(rows, 'record')} went through in a scratch schema, which is gone again. ${forecastLine(rehearsal.forecast)}`,
  );
}

/** Moves everything; at a gate that closes because of planted defects, the demo accepts them as a person would. */
async function move(context: Context, say: Say): Promise<RunResult> {
  const started = context.world.clock.monotonic();
  let run = await migrate(context, { validate: false }, ['all']);
  while (run.gate.status === 'closed') {
    const messages = run.gate.findings.map((finding) => finding.message);
    if (run.gate.findings.some((finding) => finding.check !== 'failure-rate')) break;
    say(`Gate       Level ${run.gate.level} holds back: ${messages.join(' ')} Accepted, with a reason.`);
    await accept(context, run.runId, undefined, reason);
    run = await resume(context, { validate: false }, run.runId);
  }
  if (run.error !== null || run.gate.status === 'closed') {
    const {
      code = 'GATE_CLOSED',
      message = 'A gate did not open.',
      hint = 'Look into the log.',
    } = run.error ?? {};
    throw new MigrationError({ code, message, hint });
  }
  const written = run.entities.reduce((sum, entity) => sum + entity.written, 0);
  say(
    `Migrate    ${countOf(written, 'record')} moved in ${formatDuration(context.world.clock.monotonic() - started)}, each with a new permanent number.`,
  );
  return run;
}

function validationWords({ overallStatus, issues }: ValidationReport): string {
  if (overallStatus === 'verified') return 'no difference';
  return overallStatus === 'differences'
    ? countOf(issues.length, 'difference')
    : 'no difference found, but not everything could be checked';
}
