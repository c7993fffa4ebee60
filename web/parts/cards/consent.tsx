/** The buttons of an approval. What takes something away for good is apart from the safe choice and needs typed words. */
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useDecide } from '../../api/guide.ts';
import { useMigration } from '../../api/migrations.ts';
import { Refused } from '../refused.tsx';
import { WriteButton } from '../write-button.tsx';
import { isTyped, needsTypedWords } from './approval-standing.ts';
import { ApproveAs } from './approve-as.tsx';

interface ConsentProps {
  readonly id: MigrationId;
  readonly card: ApprovalCard;
}

export function Consent({ id, card }: ConsentProps) {
  const t = useTranslations('approval');
  const decide = useDecide(id);
  const [reason, setReason] = useState('');
  const settle = (decision: 'grant' | 'decline') =>
    decide.mutate({
      approvalId: card.id,
      decision,
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    });
  const lacksReason = card.needsReason && reason.trim() === '' ? t('reasonMissing') : null;
  const notNow = (
    <WriteButton needs="approve" look="secondary" busy={decide.isPending} onPress={() => settle('decline')}>
      {t('notNow')}
    </WriteButton>
  );
  return (
    <>
      {card.needsReason ? <Reason value={reason} change={setReason} /> : null}
      {needsTypedWords(card) ? (
        <>
          <div className="actions">{notNow}</div>
          <ApproveAs card={card} />
          <ForGood id={id} busy={decide.isPending} lacks={lacksReason} grant={() => settle('grant')} />
        </>
      ) : (
        <>
          <div className="actions actions--phone">
            {card.action === 'sign-off' ? (
              <Link className="btn btn--primary" href={`/${id}/proof`}>
                {t('readProof')}
              </Link>
            ) : (
              <WriteButton
                needs="approve"
                busy={decide.isPending}
                because={lacksReason}
                onPress={() => settle('grant')}
              >
                {t(`grant.${card.action}`)}
              </WriteButton>
            )}
            {notNow}
          </div>
          <ApproveAs card={card} />
        </>
      )}
      <Refused error={decide.error} />
    </>
  );
}

function Reason({ value, change }: { readonly value: string; readonly change: (reason: string) => void }) {
  const t = useTranslations('approval');
  const id = useId();
  return (
    <div className="field approve-reason">
      <label className="label" htmlFor={id}>
        {t('reason')}
      </label>
      <input
        className="input"
        id={id}
        value={value}
        maxLength={2000}
        onChange={(e) => change(e.target.value)}
      />
    </div>
  );
}

interface ForGoodProps {
  readonly id: MigrationId;
  readonly busy: boolean;
  readonly lacks: string | null;
  readonly grant: () => void;
}

function ForGood({ id, busy, lacks, grant }: ForGoodProps) {
  const t = useTranslations('approval');
  const field = useId();
  const [typed, setTyped] = useState('');
  const migration = useMigration(id).data;
  const name = migration?.journey?.plan?.migration ?? migration?.name ?? '';
  const because = isTyped(typed, name) ? lacks : t('typeFirst', { name });
  return (
    <div className="final-ask">
      <div className="field">
        <label className="label" htmlFor={field}>
          {t('type', { name })}
        </label>
        <input
          className="input"
          id={field}
          value={typed}
          autoComplete="off"
          onChange={(e) => setTyped(e.target.value)}
        />
      </div>
      <WriteButton needs="approve" look="final" busy={busy} because={because} onPress={grant}>
        {t('forGood')}
      </WriteButton>
    </div>
  );
}
