/** A fix on its way: tried, asked for, approved by a person, and then done once by the page that asked. */
import { useEffect, useRef } from 'react';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { QuarantineCard, RetryAnswer } from '../../../server/shapes/quarantine.ts';
import { useApprovals } from '../../api/guide.ts';
import { useRetryHeld, useTryFix } from '../../api/problems.ts';
import type { Moved } from './head-of.ts';

export interface Fix {
  readonly trial: ReturnType<typeof useTryFix>;
  readonly retry: ReturnType<typeof useRetryHeld>;
  /** Of this fix, as it stands; null: none was asked for, or it is used up. */
  readonly approval: ApprovalCard | null;
  /** The last try says that moving them would do something. */
  readonly fits: boolean;
  readonly tryIt: () => void;
  readonly move: () => void;
}

export interface FixTold {
  readonly tellMoved: (moved: Moved) => void;
  /** Its approval stands in the card of the cause. */
  readonly tellAsked: (approvalId: string) => void;
}

export function useFix(id: MigrationId, card: QuarantineCard, { tellMoved, tellAsked }: FixTold): Fix {
  const choice = { cards: [card.id], suggested: card.suggestion !== null };
  const trial = useTryFix(id);
  const retry = useRetryHeld(id);
  const asked = retry.data?.status === 'needs-approval' ? retry.data.card : null;
  const approvals = useApprovals(id).data;
  const approval = approvals?.find((one) => one.id === asked?.id) ?? asked;
  const move = () =>
    retry.mutate(choice, {
      onSuccess: (given) => (given.status === 'done' ? tellMoved(movedOf(given)) : tellAsked(given.card.id)),
    });
  useOnce(approval?.state === 'granted' ? approval.id : null, move);
  const told = trial.data?.data;
  return {
    ...{ trial, retry, move },
    approval: approval?.state === 'used' ? null : approval,
    fits: told !== undefined && told.wouldMove > 0 && told.refusal === null,
    tryIt: () => trial.mutate(choice),
  };
}

function movedOf({ told }: RetryAnswer & { readonly status: 'done' }): Moved {
  return { words: told.words, differs: told.data.verified === false };
}

/** A yes is carried out once, by whoever asked for it. */
function useOnce(granted: string | null, act: () => void): void {
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (granted === null || done.current === granted) return;
    done.current = granted;
    act();
  });
}
