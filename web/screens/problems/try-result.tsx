/** What a try said: how many would fit, how many not and why, and what only moving them can tell. */
import { useFormatter, useTranslations } from 'use-intl';
import type { FixTrial } from '../../../server/shapes/quarantine.ts';
import { Icon } from '../../parts/icon.tsx';

interface TryResultProps {
  readonly trial: (FixTrial & { readonly at: Date }) | null;
  readonly pending: boolean;
}

export function TryResult({ trial, pending }: TryResultProps) {
  const t = useTranslations('problems.tried');
  return (
    <div className="tried" role="status">
      {pending ? <p className="muted">{t('pending')}</p> : trial === null ? null : <Told trial={trial} />}
    </div>
  );
}

function Told({ trial: { data, at } }: { readonly trial: FixTrial & { readonly at: Date } }) {
  const t = useTranslations('problems.tried');
  const format = useFormatter();
  const { rows, wouldMove, wouldBeRepaired, gone, leftOut, stillHeld, onlyAtRetry, refusal } = data;
  const all = wouldMove === rows && refusal === null;
  const time = format.dateTime(at, { hour: '2-digit', minute: '2-digit' });
  return (
    <div className={all ? 'note note--pass' : 'note note--warn'}>
      <Icon name={all ? 'done' : 'warn'} />
      <span>
        <b className="strong">
          {t('result', { time, rows, fit: wouldMove, not: rows - wouldMove - gone - leftOut })}
        </b>{' '}
        {t('writesNothing')}
        {wouldBeRepaired > 0 ? ` ${t('changed', { rows: wouldBeRepaired })}` : ''}
        {gone > 0 ? ` ${t('gone', { rows: gone })}` : ''}
        {leftOut > 0 ? ` ${t('leftOut', { rows: leftOut })}` : ''}
        {refusal === null ? '' : ` ${t('refusal', { why: refusal })}`}
        {stillHeld.length + onlyAtRetry.length === 0 ? null : (
          <ul className="tried-list">
            {stillHeld.map(({ entity, rows: held, explanation }) => (
              <li key={`${entity} ${explanation}`}>{t('held', { rows: held, explanation })}</li>
            ))}
            {onlyAtRetry.map((words) => (
              <li key={words} lang="en">
                {words}
              </li>
            ))}
          </ul>
        )}
      </span>
    </div>
  );
}
