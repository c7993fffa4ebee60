/** An effect that needs a person: it happens if a granted approval covers it as things are now, else a person is asked. */
import type { ApprovalCard, Wish } from '../../contract/approvals.ts';
import type { Effect, Told } from '../../contract/journey.ts';
import { MigrationError } from '../../core/errors.ts';
import type { JourneyEngine } from '../journey-engine.ts';

/** Asks for the approval, or says which one is waiting already. Nothing has happened then. */
export async function askFor<Data>(engine: JourneyEngine, wish: Wish, by: string): Promise<Effect<Data>> {
  const card = await engine.requestApproval(wish, by);
  return {
    status: 'needs-approval',
    card,
    words: askingWords(card),
  };
}

/** Uses up the approval and does it; `by` is who asks where there is none. */
export async function withApproval<Data>(
  engine: JourneyEngine,
  { wish, by }: { readonly wish: Wish; readonly by: string },
  work: (card: ApprovalCard) => Promise<Told<Data>>,
): Promise<Effect<Data>> {
  let used: ApprovalCard;
  try {
    used = await engine.useApproval(wish);
  } catch (error) {
    if (!(error instanceof MigrationError) || !error.code.startsWith('APPROVAL_')) throw error;
    return askFor(engine, wish, by);
  }
  return { status: 'done', told: await work(used) };
}

export function askingWords(card: ApprovalCard): string {
  return `${card.title} ${undoable(card)} This needs an approval, which only a person can give, with the card; I cannot.`;
}

function undoable({ reversible: { answer, how } }: ApprovalCard): string {
  if (answer === 'yes') return `It can be undone: ${how}`;
  return answer === 'no' ? `It cannot be undone: ${how}` : `It can be undone in part: ${how}`;
}
