/**
 * What this screen may have done to a run. What takes rows out or goes past a gate is asked of a person first: the step
 * answers with a card, and once that is granted the same step is done again. Where the guide waits for the card it goes on
 * by itself, and this screen keeps out of its way.
 */
import { useEffect, useRef } from 'react';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { StepName } from '../../../server/shapes/steps.ts';
import { useApprovals, useGuide } from '../../api/guide.ts';
import { useSession } from '../../api/migrations.ts';
import { useStep } from '../../api/runs.ts';

export interface Steering {
  readonly busy: StepName | null;
  readonly error: Error | null;
  /** About this run and not used yet: it waits for a decision, or it is granted and waits to be carried out. */
  readonly card: ApprovalCard | null;
  readonly pause: () => void;
  readonly goOn: () => void;
  readonly acceptSetAside: () => void;
  /** Pauses first where rows are moving: nothing can be taken out meanwhile. False: it was refused, see `error`. */
  readonly undo: (isMoving: boolean) => Promise<boolean>;
  readonly giveUp: () => void;
  /** What a granted card allows. */
  readonly carryOut: (card: ApprovalCard) => void;
}

const stepOfAction: Partial<Record<ApprovalCard['action'], StepName>> = {
  rollback: 'undo',
  'accept-set-aside': 'accept-set-aside',
};

export function useSteering(id: MigrationId, runId: string): Steering {
  const step = useStep(id);
  const cards = useApprovals(id).data ?? [];
  const card = openCard(cards, runId);
  const carryOut = ({ action }: ApprovalCard) => {
    const next = stepOfAction[action];
    if (next !== undefined) step.mutate(next);
  };
  useCarriedOut(id, card, carryOut);
  return {
    busy: step.isPending ? step.variables : null,
    error: step.error,
    card,
    pause: () => step.mutate('pause'),
    goOn: () => step.mutate('resume'),
    acceptSetAside: () => step.mutate('accept-set-aside'),
    giveUp: () => step.mutate('cancel'),
    undo: async (isMoving) => {
      try {
        if (isMoving) await step.mutateAsync('pause');
        await step.mutateAsync('undo');
        return true;
      } catch {
        // a pause that came to pass stays, and the screen says so
        return false;
      }
    },
    carryOut,
  };
}

export function openCard(cards: readonly ApprovalCard[], runId: string): ApprovalCard | null {
  const isOpen = ({ action, state, runId: of }: ApprovalCard) =>
    of === runId && stepOfAction[action] !== undefined && (state === 'requested' || state === 'granted');
  return cards.find(isOpen) ?? null;
}

/** Whoever said yes on this screen has it carried out at once, unless the guide waited for this very card and does it. */
function useCarriedOut(
  id: MigrationId,
  card: ApprovalCard | null,
  carryOut: (card: ApprovalCard) => void,
): void {
  const me = useSession().data?.visitor.name;
  const asked = useGuide(id).data?.card ?? null;
  const mine = useRef<string | null>(null);
  useEffect(() => {
    if (card === null) return;
    const isGuided = asked?.kind === 'approval' && asked.approval.id === card.id;
    if (card.state === 'requested') mine.current = isGuided ? null : card.id;
    if (card.state !== 'granted' || mine.current !== card.id || card.decidedBy !== me) return;
    mine.current = null;
    carryOut(card);
  });
}
