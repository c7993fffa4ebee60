/** Something that was found and why it matters. What it shows of rows is masked. */
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { ChatFinding } from '../../../server/shapes/chat.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { Icon } from '../icon.tsx';

interface FindingCardProps {
  readonly id: MigrationId;
  readonly finding: ChatFinding;
}

const placeOf = { check: null, 'set-aside': 'problems', difference: 'proof', decision: 'plan' } as const;

export function FindingCard({ id, finding }: FindingCardProps) {
  const { kind, title, text, entity, column, rows, samples, suggestion, severe, card } = finding;
  const t = useTranslations('finding');
  const heading = useId();
  const place = placeOf[kind];
  return (
    <article className="card chat-card stack" aria-labelledby={heading}>
      <div className="card-head">
        <span className={severe ? 'tag tag--fail' : 'tag tag--warn'}>
          <Icon name={severe ? 'stop' : 'warn'} small />
          {t(`kind.${kind}`)}
        </span>
        {entity === null && rows === null ? null : (
          <span className="small muted">
            {entity !== null && rows !== null
              ? t('rowsOf', { entity, rows })
              : (entity ?? t('rows', { rows: rows ?? 0 }))}
          </span>
        )}
      </div>
      <h2 className="card-title" id={heading}>
        {title}
      </h2>
      {text === null ? null : <p className="text">{text}</p>}
      {samples.length === 0 ? null : (
        <ul className="samples">
          {samples.slice(0, 2).map((sample) => (
            <li className="masked" key={sample}>
              {sample}
            </li>
          ))}
        </ul>
      )}
      {suggestion === null ? null : <p className="text">{t('suggestion', { suggestion })}</p>}
      <div className="card-foot">
        {place === null ? null : (
          <Link href={`/${id}/${place}${card === null ? '' : `#${encodeURIComponent(card)}`}`}>
            {t(`see.${kind}`)}
          </Link>
        )}
        {samples.length === 0 ? null : (
          <span className="state small">
            <Icon name="hidden" small />
            {t('masked')}
          </span>
        )}
        {column === null ? null : <span>{t('field', { column })}</span>}
      </div>
    </article>
  );
}
