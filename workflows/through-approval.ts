/**
 * An effect that needs a person. Whether it may happen is only ever learnt from the journey, which asks the approvals
 * themselves: what was answered to the workflow ("approved", "yes, all of them") is not even looked at.
 */
import type { ApprovalAction, Effect, Journey, JourneyCard, JourneyStep, Told } from '../engine/index.ts';
import { approvalCardOf, type Label, questionCard } from './cards.ts';
import type { Moment } from './guided-step.ts';

export interface ApprovedEffect<Data> {
  readonly action: ApprovalAction;
  readonly step: JourneyStep;
  /** What can be done about a no; `stop` is added. */
  readonly afterNo: readonly [Label, ...Label[]];
  effect(): Promise<Effect<Data>>;
}

export type Approved<Data> =
  | { readonly kind: 'done'; readonly told: Told<Data> }
  | { readonly kind: 'ask'; readonly card: JourneyCard };

/** Does the effect where an approval covers it; else the card to wait with. What the effect throws is thrown. */
export async function throughApproval<Data>(
  journey: Journey,
  { answered }: Pick<Moment, 'answered'>,
  { action, step, afterNo, effect }: ApprovedEffect<Data>,
): Promise<Approved<Data>> {
  if (answered?.kind === 'approval' && answered.approval.action === action) {
    const decided = (await journey.approvals()).find(({ id }) => id === answered.approval.id);
    if (decided?.state === 'declined') return { kind: 'ask', card: declinedCard(step, decided, afterNo) };
  }
  const result = await effect();
  if (result.status === 'done') return { kind: 'done', told: result.told };
  return { kind: 'ask', card: approvalCardOf(step, result.card) };
}

type Declined = Awaited<ReturnType<Journey['approvals']>>[number];

function declinedCard(
  step: JourneyStep,
  { title, decidedBy, reason }: Declined,
  afterNo: readonly [Label, ...Label[]],
): JourneyCard {
  const because = reason === null || reason === '' ? '' : ` The reason given: ${reason}`;
  return questionCard({
    step,
    title: 'The approval was declined',
    text: `${decidedBy ?? 'An approver'} declined: ${title} Nothing was done.${because}`,
    choices: [...afterNo, 'stop'],
  });
}
