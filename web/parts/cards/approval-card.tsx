/**
 * What a person is asked to approve, and how it stands. Effect before consent: four facts, then buttons, then who approves
 * and until when. It never approves by itself, by a default or by the chat.
 */
import { useId } from 'react';
import { useNow, useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { ApprovalCard as Card } from '../../../server/shapes/approvals.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useAskApproval } from '../../api/guide.ts';
import { useMigration, useRole } from '../../api/migrations.ts';
import { Icon } from '../icon.tsx';
import { useMoment } from '../moment.ts';
import { Refused } from '../refused.tsx';
import { WriteButton } from '../write-button.tsx';
import { ApprovalFacts } from './approval-facts.tsx';
import { type ApprovalStanding, needsTypedWords, standingOf } from './approval-standing.ts';
import { CardTitle } from './card-title.tsx';
import { Consent } from './consent.tsx';
import { EngineerDetails } from './engineer-details.tsx';
import { UndoBadge } from './undo-badge.tsx';

interface ApprovalCardProps {
  readonly id: MigrationId;
  readonly card: Card;
  /** It came while the page was open. */
  readonly arrived?: boolean;
  /** Where something waits for it and asks again itself. */
  readonly askAgain?: (() => void) | undefined;
}

export function ApprovalCard({ id, card, arrived = false, askAgain }: ApprovalCardProps) {
  const role = useRole();
  const now = useNow({ updateInterval: 30_000 });
  const planHash = useMigration(id).data?.journey?.plan?.hash ?? null;
  const title = useId();
  const standing = standingOf(card, { role, planHash, now });
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

interface Standing {
  readonly card: Card;
  readonly standing: ApprovalStanding;
}

function StandingMark({ card, standing }: Standing) {
  const t = useTranslations('approval.mark');
  switch (standing) {
    case 'waiting':
      return (
        <span className="flag">
          <Icon name="flag" small />
          {t('waiting')}
        </span>
      );
    case 'viewer':
      return (
        <span className="tag">
          <Icon name="clock" small />
          {t('viewer')}
        </span>
      );
    case 'approved':
      return (
        <span className="tag tag--pass">
          <Icon name="check" small />
          {t('approved')}
        </span>
      );
    case 'not-now':
      return <span className="tag">{t('notNow')}</span>;
    case 'expired':
    case 'plan-changed':
      return (
        <span className="tag tag--warn">
          <Icon name={standing === 'expired' ? 'clock' : 'warn'} small />
          {t(standing === 'expired' && card.state !== 'granted' ? 'expired' : 'invalid')}
        </span>
      );
  }
}

/** No buttons that decide: it is decided, or it is not this person's to decide. */
function Settled({ id, card, standing, askAgain }: Standing & Pick<ApprovalCardProps, 'id' | 'askAgain'>) {
  const t = useTranslations('approval');
  const moment = useMoment();
  const ask = useAskApproval(id);
  const by = card.decidedBy ?? t('somebody');
  const at = moment(card.decidedAt ?? card.requestedAt);
  if (standing === 'viewer')
    return (
      <>
        <ApprovalFacts card={card} />
        <p className="text muted approve-as">{t('viewer')}</p>
      </>
    );
  if (standing === 'approved' || standing === 'not-now')
    return (
      <p className="text approve-as">
        {t(standing === 'approved' ? 'approvedBy' : 'declinedBy', { by, at })}{' '}
        {card.reason === null || card.reason === '' ? null : t('reasonGiven', { reason: card.reason })}
      </p>
    );
  return (
    <>
      <p className="text approve-as">
        {standing === 'expired'
          ? t('expiredAt', { at: moment(card.expiresAt) })
          : t(card.state === 'granted' ? 'planChangedAfter' : 'planChanged', { by, at })}
      </p>
      <div className="actions approve-as">
        {standing === 'plan-changed' ? (
          <Link className="btn btn--secondary" href={`/${id}/plan`}>
            {t('showChange')}
          </Link>
        ) : null}
        <WriteButton
          needs="operate"
          look="secondary"
          busy={ask.isPending}
          onPress={askAgain ?? (() => ask.mutate(card.action))}
        >
          {t('askAgain')}
        </WriteButton>
      </div>
      <Refused error={ask.error} />
    </>
  );
}

function engineerLines(card: Card): [string, string][] {
  const lines: [string, string | null][] = [
    ['approval', card.id],
    ['plan', card.planHash === '' ? null : `sha256 ${card.planHash.slice(0, 8)}…${card.planHash.slice(-4)}`],
    ['row bound', String(card.maxRows)],
    ['run', card.runId],
    ['asked by', card.requestedBy],
    ['command', `towpath approve ${card.id}`],
  ];
  return lines.filter((line): line is [string, string] => line[1] !== null);
}
