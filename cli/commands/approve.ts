/**
 * `towpath approve`: the effect in words, rows, whether it can be undone, the plan's hash; then a typed yes. Of the plan,
 * of rows at a closed gate, or of what somebody asked for (approve-request.ts).
 */

import type { Approval, RunStatus } from '../../engine/contract/run.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { countOf, formatCount, formatMoment, formatShare, joinWords } from '../../engine/report/words.ts';
import { staysBehind } from '../../engine/run/approval-effects/stays-behind.ts';
import { readCatalogFile } from '../../engine/workspace/catalog-file.ts';
import { usualCatalog } from '../../engine/workspace/places.ts';
import { confirmApproval } from '../ask.ts';
import type { CommandModule, Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { wholeNumber } from '../option-values.ts';
import { hashOfPlan, loadPlan } from '../plan-in-use.ts';
import { rememberApproval } from '../run/explain-approval.ts';
import { formatTable, plainText } from '../text/table.ts';
import { usageError } from '../usage-error.ts';
import { decideRequest, listRequests } from './approve-request.ts';

interface ApproveOptions {
  readonly list?: boolean;
  readonly request?: string;
  readonly decline?: boolean;
  readonly as?: string;
  readonly reason?: string;
  readonly validHours: number;
  readonly run?: string;
  readonly yes?: boolean;
}

export const approveCommand: CommandModule<ApproveOptions> = {
  configure(command) {
    command
      .option('--as <name>', 'who approves (default: the user of this computer)')
      .option('--reason <text>', 'why, for the report')
      .option('--valid-hours <hours>', 'how long the approval holds', wholeNumber(1, 8760), 24)
      .option(
        '--run <run>',
        'instead of the plan: accept the rows that keep the gate of this run closed (needs --reason)',
      )
      .option('--list', 'show what waits for a yes')
      .option('--request <id>', 'decide what was asked for, as --list shows it')
      .option('--decline', 'with --request: say no')
      .option('--yes', 'do not ask; the command line itself is the yes')
      .addHelpText('after', '\nExample:\n  towpath approve --as "Marta Lindqvist"\n  towpath approve --list');
  },
  async run(context, options) {
    refuseMixture(options);
    if (options.list === true) return listRequests(context);
    if (options.request !== undefined) return decideRequest(context, options.request, options);
    if (options.run !== undefined) return acceptRows(context, options, options.run);
    const plan = await loadPlan(context);
    const planHash = await hashOfPlan(plan);
    const waiting = await waitingRun(context, planHash);
    context.output.say(
      ...effectLines(plan, planHash),
      ...(waiting ? [`A run waits for it ${waiting.error?.message ?? ''}`] : []),
    );
    if (options.yes !== true && !(await confirmApproval(context))) {
      return notApproved(context, planHash, 'approve --yes');
    }
    const approval = await approve(context, plan, options);
    rememberApproval(context, approval);
    context.output.result({ status: 'success', approval });
    context.output.say(
      '',
      `Approved by ${approval.approver} for at most ${countOf(approval.maxRows, 'row')}, until ${formatMoment(approval.expiresAt)}.`,
      `Next: ${context.again(waiting ? `resume ${waiting.runId}` : 'migrate')}`,
    );
    return exitCode.done;
  },
};

/** A run of this plan that stopped because more rows came than were approved: the yes is for going on with it. */
function waitingRun(context: Context, planHash: string): Promise<RunStatus | null> {
  return context.withEngine('target', async (engine) => {
    const [newest] = (await engine.runs()).filter((run) => run.planHash === planHash);
    return newest?.state === 'paused' && newest.error?.code === 'APPROVAL_EXCEEDED' ? newest : null;
  });
}

function refuseMixture({ list, request, run, decline }: ApproveOptions): void {
  if ([list, request, run].filter((each) => each !== undefined).length > 1)
    throw usageError('--list, --request and --run are different things.', 'Give one of them.');
  if (decline === true && request === undefined)
    throw usageError('--decline says no to a request.', 'Name it: towpath approve --request ID --decline');
}

export function approve(context: Context, plan: PlanFile, options: ApproveOptions): Promise<Approval> {
  const approver = options.as ?? context.world.userName;
  const catalog = readCatalogFile(context.path(usualCatalog));
  return context.withEngine('target', (engine) =>
    engine.approve(plan, {
      approver,
      ...(catalog === null ? {} : { catalog }),
      validHours: options.validHours,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    }),
  );
}

async function acceptRows(context: Context, options: ApproveOptions, runId: string): Promise<ExitCode> {
  const { reason } = options;
  if (reason === undefined) {
    throw usageError(
      'Accepting rows that are set aside needs a reason.',
      `Say why: ${context.again(`approve --run ${runId} --reason "…"`)}`,
    );
  }
  const causes = await context.withEngine('target', (engine) => engine.causes({ runId }));
  const aside = causes.filter((cause) => cause.outcome === 'quarantined');
  context.output.say(
    `What will happen   Run ${runId} may go past its closed gate without these rows. They stay in the old database, and a copy of each is kept.`,
    ...formatTable(
      ['rows', 'entity', 'why'],
      aside.map((cause) => [formatCount(cause.rows), cause.entity, plainText(cause.explanation, 90)]),
      '  ',
    ),
    'Can it be undone   Yes, with the run, until the final clean-up.',
  );
  if (options.yes !== true && !(await confirmApproval(context)))
    return notApproved(context, null, `approve --run ${runId} --reason "…" --yes`);
  const approvals = await accept(context, runId, options.as, reason);
  context.output.result({ status: 'success', approvals });
  context.output.say(
    '',
    `Accepted for ${countOf(approvals.length, 'entity')}.`,
    `Next: ${context.again(`resume ${runId}`)}`,
  );
  return exitCode.done;
}

/** Accepts the rows that keep the gate closed now, no others. */
export function accept(
  context: Context,
  runId: string,
  approver: string | undefined,
  reason: string,
): Promise<Approval[]> {
  return context.withEngine('target', (engine) =>
    engine.acceptSetAside(runId, { approver: approver ?? context.world.userName, reason }),
  );
}

function notApproved(context: Context, planHash: string | null, command: string): ExitCode {
  context.output.result({ status: 'waiting_for_approval', planHash, approve: context.again(command) });
  context.output.warn(
    'Not approved. Nothing has changed.',
    `Next: the same command at a terminal, or ${context.again(command)}`,
  );
  return exitCode.waitingForApproval;
}

/** The facts that stand before every consent. */
export function effectLines(plan: PlanFile, planHash: string): string[] {
  const levels = Math.max(...plan.entities.map((entity) => entity.level));
  const financial = plan.entities.filter((entity) => entity.financial).map((entity) => entity.name);
  const tables = plan.target.create
    ? 'makes the tables and fills them'
    : 'fills tables that exist, and makes those that do not';
  return [
    `What will happen   It ${tables} in schema ${plan.target.schema}: ${countOf(plan.entities.length, 'kind')} of records in ${countOf(levels, 'level')}, each checked before the next. The old database is only read.`,
    `Rows               about ${formatCount(plan.estimate.rows)} are added to the new database.`,
    'Can it be undone   Yes, until the final clean-up: “towpath rollback ID --confirm” removes exactly these rows.',
    `Set aside          at most ${formatShare(plan.settings.maxFailureRate, 1)} of a kind of records; more stops the run.${financial.length > 0 ? ` None of ${joinWords(financial)} unless the plan says otherwise.` : ''}`,
    `Stays behind       ${staysBehind(plan).join('; ') || 'nothing'}.`,
    `Plan               ${plan.migration}, hash ${planHash}`,
  ];
}
