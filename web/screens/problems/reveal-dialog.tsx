/** Values as they are, for an approver who says why. Who asked and why is written down before anything is shown. */
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { QuarantineCard, Revealed } from '../../../server/shapes/quarantine.ts';
import { useSession } from '../../api/migrations.ts';
import { useReveal } from '../../api/problems.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Refused } from '../../parts/refused.tsx';
import { WriteButton } from '../../parts/write-button.tsx';

interface RevealDialogProps {
  readonly id: MigrationId;
  readonly card: QuarantineCard;
  readonly title: string;
  readonly close: () => void;
}

const SHORTEST = 3;

export function RevealDialog({ id, card, title, close }: RevealDialogProps) {
  const t = useTranslations('problems.reveal');
  const [reason, setReason] = useState('');
  const field = useId();
  const reveal = useReveal(id);
  const person = useSession().data?.visitor.name ?? '';
  const said = reason.trim();
  return (
    <Dialog title={t('title', { title })} close={close}>
      {reveal.data !== undefined ? (
        <Rows revealed={reveal.data} />
      ) : (
        <form className="stack" onSubmit={(event) => event.preventDefault()}>
          <p className="text">{t('text')}</p>
          <p className="note note--waiting">
            <Icon name="info" />
            <span>{t('written', { person })}</span>
          </p>
          <div className="field">
            <label className="label" htmlFor={field}>
              {t('reason')}
            </label>
            <input
              id={field}
              className="input"
              maxLength={500}
              autoComplete="off"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
          <Refused error={reveal.error} />
          <div className="actions actions--phone">
            <WriteButton
              needs="approve"
              busy={reveal.isPending}
              because={said.length < SHORTEST ? t('reasonMissing') : null}
              onPress={() => reveal.mutate({ card: card.id, reason: said })}
            >
              {t('show')}
            </WriteButton>
            <button className="btn btn--secondary" type="button" onClick={close}>
              {t('leave')}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Rows({ revealed: { rows, column, by } }: { readonly revealed: Revealed }) {
  const t = useTranslations('problems.reveal');
  return (
    <div className="stack" role="status">
      <p className="text muted">{t('shown', { count: rows.length, by })}</p>
      <div className="scroll-x">
        <table className="table ba">
          <thead>
            <tr>
              <th scope="col">{t('number')}</th>
              <th scope="col">{column === null ? t('row') : t('value', { column })}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ legacyId, value, row }) => (
              <tr key={legacyId}>
                <th scope="row">{legacyId}</th>
                <td className="revealed">
                  {row === null ? (
                    (value ?? <em>{t('empty')}</em>)
                  ) : (
                    <dl className="revealed-row">
                      {Object.entries(row).map(([name, text]) => (
                        <div key={name}>
                          <dt>{name}</dt>
                          <dd>{text ?? <em>{t('empty')}</em>}</dd>
                        </div>
                      ))}
                    </dl>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small muted">{t('gone')}</p>
    </div>
  );
}
