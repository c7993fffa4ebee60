/** What waits for a person: `towpath approve --list` shows it, `towpath approve --request ID` decides one of it. */
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { countOf, formatCount, formatMoment } from '../../engine/report/words.ts';
import { confirmApproval } from '../ask.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { approvalLines } from '../text/approval-lines.ts';
import { pageWidth } from '../text/broken-line.ts';
import { formatTable, plainText } from '../text/table.ts';
import { usageError } from '../usage-error.ts';

export interface DecideOptions {
  readonly as?: string;
  readonly reason?: string;
  readonly validHours: number;
  readonly decline?: boolean;
  readonly yes?: boolean;
}

export async function listRequests(context: Context): Promise<ExitCode> {
  const waiting = await context.withEngine('target', (engine) => engine.approvals({ states: ['requested'] }));
  context.output.result({ status: 'success', approvals: waiting });
  if (waiting.length === 0) {
    context.output.say('Nothing waits for an approval.');
    return exitCode.done;
  }
  const rows = waiting.map((card) => [
    card.id,
    plainText(card.title, 70),
    formatCount(card.maxRows),
    plainText(card.requestedBy, 30),
    formatMoment(card.expiresAt),
  ]);
  context.output.say(
    ...formatTable(['request', 'what', 'rows at most', 'asked by', 'holds until'], rows),
    '',
    `${countOf(waiting.length, 'request')}. Look at one and decide: ${context.again(`approve --request ${waiting[0]!.id}`)}`,
  );
  return exitCode.done;
}

/** `id` may be cut short, as long as one request begins so. */
export async function decideRequest(context: Context, id: string, options: DecideOptions): Promise<ExitCode> {
  const card = await find(context, id);
  context.output.say(
    ...approvalLines(card, pageWidth(context.world)),
    `Hash of the plan   ${card.planHash || 'none, it is tied to no plan'}`,
  );
  const waits = card.state === 'requested';
  if (waits && card.needsReason && options.decline !== true && !options.reason)
    throw reasonMissing(context, card);
  if (waits && options.decline !== true && options.yes !== true && !(await confirmApproval(context)))
    return undecided(context, card);
  const decided = await decide(context, card, options);
  context.output.result({ status: 'success', approval: decided });
  context.output.say('', ...decidedLines(decided));
  return exitCode.done;
}

async function find(context: Context, id: string): Promise<ApprovalCard> {
  const cards = await context.withEngine('target', (engine) => engine.approvals());
  const exact = cards.find((card) => card.id === id);
  const begins = cards.filter((card) => id.length >= 4 && card.id.startsWith(id));
  const found = exact ?? (begins.length === 1 ? begins[0] : undefined);
  if (found) return found;
  throw new MigrationError({
    code: 'UNKNOWN_APPROVAL',
    message: `There is no request ${id} in this target${begins.length > 1 ? ' that is the only one to begin so' : ''}.`,
    hint: `What waits for a person is shown by: ${context.again('approve --list')}`,
    details: { approvalId: id },
  });
}

/** Where a yes depends on the source, the source is looked at once more. */
function decide(context: Context, card: ApprovalCard, options: DecideOptions): Promise<ApprovalCard> {
  const { as, reason, validHours, decline = false } = options;
  const needs = !decline && card.sourceFingerprint !== null ? 'both' : 'target';
  return context.withEngine(needs, (engine) =>
    engine.decideApproval(card.id, {
      decision: decline ? 'decline' : 'grant',
      by: as ?? context.world.userName,
      validHours,
      ...(reason === undefined ? {} : { reason }),
    }),
  );
}

function reasonMissing(context: Context, { id }: ApprovalCard): MigrationError {
  return usageError(
    'This yes needs a reason, which stands in the report.',
    `Say why: ${context.again(`approve --request ${id} --reason "…"`)}`,
  );
}

function decidedLines(card: ApprovalCard): string[] {
  if (card.state === 'declined') return [`Declined by ${card.decidedBy}. Nothing has changed.`];
  return [
    `Approved by ${card.decidedBy} for at most ${countOf(card.maxRows, 'row')}, until ${formatMoment(card.expiresAt)}. It counts once.`,
  ];
}

function undecided(context: Context, card: ApprovalCard): ExitCode {
  const command = `approve --request ${card.id}${card.needsReason ? ' --reason "…"' : ''} --yes`;
  context.output.result({ status: 'waiting_for_approval', approval: card, approve: context.again(command) });
  context.output.warn(
    'Not decided. Nothing has changed, and the request still waits.',
    `Next: the same command at a terminal, or ${context.again(command)}, or with --decline instead of --yes`,
  );
  return exitCode.waitingForApproval;
}
