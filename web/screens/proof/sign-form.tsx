/** Two statements, a name, a note, one button. Choosing sends nothing; the reason why it cannot be signed stands under the button. */
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { Proof, SignOffStatement } from '../../../server/shapes/proof.ts';
import { useMay, useRole } from '../../api/migrations.ts';
import { useSignOff } from '../../api/proof.ts';
import { Refused } from '../../parts/refused.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { addressOf } from '../../shell/places.ts';
import { missingOf } from './signature.ts';

interface SignFormProps {
  readonly id: MigrationId;
  readonly proof: Proof;
  /** Rows that are not in the new system. */
  readonly notMoved: number;
}

export function SignForm({ id, proof, notMoved }: SignFormProps) {
  const t = useTranslations('proof.signOff');
  const may = useMay();
  const role = useRole();
  const sign = useSignOff(id);
  const field = useId();
  const [made, setMade] = useState<ReadonlySet<SignOffStatement>>(new Set());
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const needed = proof.signOff.statements;
  const missing = missingOf({ needed, made, name });
  const isViewer = role !== 'approver';
  const because = missing === null ? null : t(`missing.${missing}`, { count: needed.length });
  const why = isViewer ? t('viewer') : !may.reached ? t('notReached') : because;
  const counts = { 'read-not-moved': notMoved, 'read-not-checked': proof.notChecked.length };
  return (
    <form onSubmit={(event) => event.preventDefault()} className="sign-form">
      {needed.map((statement) => (
        <label className="choice choice--plain" key={statement}>
          <input
            type="checkbox"
            disabled={isViewer}
            checked={made.has(statement)}
            onChange={(event) => setMade(changed(made, statement, event.target.checked))}
          />
          <span className="choice-text">{t(`statement.${statement}`, { count: counts[statement] })}</span>
        </label>
      ))}
      <div className="field">
        <label className="label" htmlFor={`${field}-name`}>
          {t('name')}
        </label>
        <input
          className="input"
          id={`${field}-name`}
          autoComplete="name"
          maxLength={200}
          readOnly={isViewer}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="field">
        <label className="label" htmlFor={`${field}-note`}>
          {t('note')}
        </label>
        <textarea
          className="input"
          id={`${field}-note`}
          rows={2}
          maxLength={2000}
          readOnly={isViewer}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <WriteButton
        needs="approve"
        block
        busy={sign.isPending}
        because={because}
        onPress={() =>
          sign.mutate({
            ...{ name: name.trim(), note: note.trim(), statements: [...made] },
            reading: proof.signOff.reading,
          })
        }
      >
        {t('sign')}
      </WriteButton>
      <p className="small muted sign-why" role="status">
        {why}
      </p>
      <Refused error={sign.error} />
      <CannotYet id={id} />
    </form>
  );
}

function changed(
  made: ReadonlySet<SignOffStatement>,
  statement: SignOffStatement,
  isMade: boolean,
): ReadonlySet<SignOffStatement> {
  const others = [...made].filter((one) => one !== statement);
  return new Set(isMade ? [...others, statement] : others);
}

/** Not signing is a way on, too. */
function CannotYet({ id }: Pick<SignFormProps, 'id'>) {
  const t = useTranslations('proof.signOff.cannot');
  return (
    <details className="details sign-more">
      <summary>{t('title')}</summary>
      <p className="small muted">{t('text')}</p>
      <p className="actions small">
        <Link href={addressOf(id, 'problems')}>{t('problems')}</Link>
        <Link href={addressOf(id, 'guide')}>{t('guide')}</Link>
      </p>
    </details>
  );
}
