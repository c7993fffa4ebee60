/** Beside the report: how the sign-off stands, and the ways to take the report along. */
import { type RefObject, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { Proof } from '../../../server/shapes/proof.ts';
import { useMigration, useRole } from '../../api/migrations.ts';
import { Icon } from '../../parts/icon.tsx';
import { useFullMoment } from './full-moment.ts';
import { rowsNotMoved } from './not-moved.ts';
import { NotReady } from './not-ready.tsx';
import { SignForm } from './sign-form.tsx';
import { Tools } from './tools.tsx';

interface SignOffProps {
  readonly id: MigrationId;
  readonly proof: Proof;
}

export function SignOff({ id, proof }: SignOffProps) {
  const t = useTranslations('proof.signOff');
  const isOpen = proof.signOff.state === 'ready';
  const isMine = useRole() === 'approver';
  const undo = useMigration(id).data?.journey?.undo;
  const title = useSigned(proof.signOff.state);
  return (
    <aside className="sign" id="sign" aria-labelledby="h-sign">
      <section className={isOpen && isMine ? 'card card--waiting' : 'card'}>
        <div className="card-head">
          <Mark state={proof.signOff.state} isMine={isMine} />
        </div>
        <h2 className="card-title" id="h-sign" ref={title} tabIndex={-1}>
          {t('title')}
        </h2>
        <p className="muted sign-lead">{t('lead')}</p>
        <Standing id={id} proof={proof} />
        {undo === undefined ? null : (
          <p className="small sign-undo">
            <Icon name="undo" small />
            <span>{undo}</span>
          </p>
        )}
        <PrintedLines proof={proof} />
      </section>
      <Tools id={id} proof={proof} />
    </aside>
  );
}

/** The button that was pressed is gone once it is signed; the keyboard stays at what it did. */
function useSigned(state: Proof['signOff']['state']): RefObject<HTMLHeadingElement | null> {
  const title = useRef<HTMLHeadingElement>(null);
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'ready' && state === 'signed') title.current?.focus();
    before.current = state;
  }, [state]);
  return title;
}

function Standing({ id, proof }: SignOffProps) {
  const { signOff } = proof;
  switch (signOff.state) {
    case 'signed':
      return <Signed proof={proof} />;
    case 'not-ready':
      return <NotReady id={id} reason={signOff.reason} />;
    case 'ready':
      return <SignForm id={id} proof={proof} notMoved={rowsNotMoved(proof)} />;
  }
}

function Mark({ state, isMine }: { readonly state: Proof['signOff']['state']; readonly isMine: boolean }) {
  const t = useTranslations('proof.signOff.mark');
  if (state === 'signed') {
    return (
      <span className="tag tag--pass">
        <Icon name="check" small />
        {t('signed')}
      </span>
    );
  }
  if (state === 'not-ready') {
    return (
      <span className="tag">
        <Icon name="clock" small />
        {t('notReady')}
      </span>
    );
  }
  return isMine ? (
    <span className="flag">
      <Icon name="flag" small />
      {t('waiting')}
    </span>
  ) : (
    <span className="tag">
      <Icon name="clock" small />
      {t('approver')}
    </span>
  );
}

function Signed({ proof: { signOff } }: { readonly proof: Proof }) {
  const t = useTranslations('proof.signOff');
  const moment = useFullMoment();
  return (
    <div className="stack-s signed" role="status">
      <p className="strong">{t('by', { by: signOff.by ?? '', at: moment(signOff.at ?? '') })}</p>
      {signOff.note === null ? null : <p className="muted">{signOff.note}</p>}
    </div>
  );
}

/** Paper only: lines to write on, and which report this is. */
function PrintedLines({ proof: { planHash, runId } }: { readonly proof: Proof }) {
  const t = useTranslations('proof.print');
  return (
    <div className="print-only" aria-hidden="true">
      <div className="print-sign">
        <p>{t('name')}</p>
        <p>{t('role')}</p>
        <p>{t('date')}</p>
      </div>
      <p className="print-ref">{t('ref', { run: runId, plan: planHash })}</p>
    </div>
  );
}
