/**
 * What a person is asked to approve, and how it stands. Effect before consent: four facts, then buttons, then who approves
 * and until when. It never approves by itself, by a default or by the chat.
 */
import { useId } from 'react';
import type { ApprovalCard as Card } from '../../../server/shapes/approvals.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { ApprovalFacts } from './approval-facts.tsx';
import { needsTypedWords, standingOf } from './approval-standing.ts';
import { CardTitle } from './card-title.tsx';
import { Consent } from './consent.tsx';
import { EngineerDetails } from './engineer-details.tsx';
import { Settled } from './settled.tsx';
import { StandingMark } from './standing-mark.tsx';
import { UndoBadge } from './undo-badge.tsx';
import { useSeen } from './use-seen.ts';

interface ApprovalCardProps {
  readonly id: MigrationId;
  readonly card: Card;
  /** It came while the page was open. */
  readonly arrived?: boolean;
  /** Where something waits for it and asks again itself. */
  readonly askAgain?: (() => void) | undefined;
}

export function ApprovalCard({ id, card, arrived = false, askAgain }: ApprovalCardProps) {
  const title = useId();
  const standing = standingOf(card, useSeen(id));
  const isFinal = needsTypedWords(card);
  const isOpen = standing === 'waiting';
  const frame = !isOpen ? '' : isFinal ? ' card--final' : ' card--waiting';
  return (
    <article className={`card chat-card${frame}`} aria-labelledby={title}>
      <div className="card-head">
        <StandingMark card={card} standing={standing} />
        <UndoBadge reversible={card.reversible} />
      </div>
      <CardTitle id={title} text={card.title} arrived={arrived} />
      {isOpen ? (
        <>
          <ApprovalFacts card={card} />
          <Consent id={id} card={card} />
        </>
      ) : (
        <Settled id={id} card={card} standing={standing} askAgain={askAgain} />
      )}
      <EngineerDetails lines={engineerLines(card)} />
    </article>
  );
}

function engineerLines(card: Card): [string, string][] {
  const lines: [string, string | null][] = [
    ['approval', card.id],
    ['plan', card.planHash === '' ? null : `sha256 ${card.planHash.slice(0, 8)}…${card.planHash.slice(-4)}`],
    ['row bound', String(card.maxRows)],
    ['run', card.runId],
    ['asked by', card.requestedBy],
    ['command', `towpath approve --request ${card.id}`],
  ];
  return lines.filter((line): line is [string, string] => line[1] !== null);
}
