/** `towpath approve`: the effect in words, rows, whether it can be undone, the plan's hash; then a typed yes. */
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { countOf, formatCount, formatMoment, joinWords } from '../../engine/report/words.ts';
import type { Approval } from '../../engine/run/contract.ts';
import { askForYes, canAsk } from '../ask.ts';
import type { CommandModule, Context } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { wholeNumber } from '../option-values.ts';
import { hashOfPlan, loadPlan } from '../plan-in-use.ts';

interface ApproveOptions {
  readonly as?: string;
  readonly reason?: string;
  readonly validHours: number;
  readonly yes?: boolean;
}

export const approveCommand: CommandModule<ApproveOptions> = {
  configure(command) {
    command
      .option('--as <name>', 'who approves (default: the user of this computer)')
      .option('--reason <text>', 'why, for the report')
      .option('--valid-hours <hours>', 'how long the approval holds', wholeNumber(1, 8760), 24)
      .option('--yes', 'do not ask; the command line itself is the yes')
      .addHelpText('after', '\nExample:\n  towpath approve --as "Marta Lindqvist"');
  },
  async run(context, options) {
    const plan = await loadPlan(context);
    const planHash = await hashOfPlan(plan);
    context.output.say(...effectLines(plan, planHash));
    if (options.yes !== true && !(await confirmed(context))) {
      context.output.result({
        status: 'waiting_for_approval',
        planHash,
        approve: context.again('approve --yes'),
      });
      context.output.warn(
        'Not approved. Nothing has changed.',
        `Next: ${context.again('approve')} at a terminal, or with --yes`,
      );
      return exitCode.waitingForApproval;
    }
    const approval = await approve(context, plan, options);
    context.output.result({ status: 'success', approval });
    context.output.say(
      '',
      `Approved by ${approval.approver} for at most ${countOf(approval.maxRows, 'row')}, until ${formatMoment(approval.expiresAt)}.`,
      `Next: ${context.again('migrate')}`,
    );
    return exitCode.done;
  },
};

export function approve(context: Context, plan: PlanFile, options: ApproveOptions): Promise<Approval> {
  const approver = options.as ?? context.world.userName;
  return context.withEngine('target', (engine) =>
    engine.approve(plan, {
      approver,
      validHours: options.validHours,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    }),
  );
}

async function confirmed(context: Context): Promise<boolean> {
  return (
    !context.output.json &&
    canAsk(context.world) &&
    askForYes(context.world, '\nType yes to approve exactly this: ')
  );
}

/** The facts that stand before every consent. */
export function effectLines(plan: PlanFile, planHash: string): string[] {
  const levels = Math.max(...plan.entities.map((entity) => entity.level));
  const financial = plan.entities.filter((entity) => entity.financial).map((entity) => entity.name);
  const tables = plan.target.create ? 'makes the tables and fills them' : 'fills the tables that exist';
  return [
    `What will happen   It ${tables} in schema ${plan.target.schema}: ${countOf(plan.entities.length, 'kind')} of records in ${countOf(levels, 'level')}, each checked before the next. The old database is only read.`,
    `Rows               about ${formatCount(plan.estimate.rows)} are added to the new database.`,
    'Can it be undone   Yes, until the final clean-up: “towpath rollback ID --confirm” removes exactly these rows.',
    `Set aside          at most ${plan.settings.maxFailureRate * 100} % of a kind of records; more stops the run.${financial.length > 0 ? ` None of ${joinWords(financial)} unless the plan says otherwise.` : ''}`,
    `Stays behind       ${plan.excluded.length === 0 ? 'nothing' : `${countOf(plan.excluded.length, 'table')} of the old software: ${joinWords(plan.excluded.map((table) => table.table))}`}.`,
    `Plan               ${plan.migration}, hash ${planHash}`,
  ];
}
