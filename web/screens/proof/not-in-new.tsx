/** Every row that is not in the new system, by its reason; rows moved with a noted change; tables left behind. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { CauseLine, Proof } from '../../../server/shapes/proof.ts';
import { Icon } from '../../parts/icon.tsx';
import { addressOf } from '../../shell/places.ts';
import { type NotMoved, notMoved, rowsNotMoved } from './not-moved.ts';

export function NotInNew({ id, proof }: { readonly id: MigrationId; readonly proof: Proof }) {
  const t = useTranslations('proof.notMoved');
  const lines = notMoved(proof);
  const { repaired, excluded, totals } = proof;
  return (
    <section aria-labelledby="h-not">
      <h2 className="section-title" id="h-not">
        {t('title', { rows: rowsNotMoved(proof) })}
      </h2>
      {lines.length === 0 ? (
        <p className="text muted">{t('none')}</p>
      ) : (
        <table className="table aside">
          <caption className="hide">{t('caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('rows')}</th>
              <th scope="col">{t('table')}</th>
              <th scope="col">{t('why')}</th>
              <th scope="col">{t('by')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.key} line={line} />
            ))}
          </tbody>
        </table>
      )}
      <p className="text muted small after">
        {t('kept')}{' '}
        {totals.setAside === 0 ? null : (
          <Link href={addressOf(id, 'problems')} className="no-print">
            {t('look')}
          </Link>
        )}
      </p>
      {repaired.length === 0 ? null : <Repaired lines={repaired} rows={totals.repaired} />}
      {excluded.length === 0 ? null : (
        <details className="details on-paper">
          <summary>
            <Icon name="chev" small />
            {t('leftBehind', { count: excluded.length })}
          </summary>
          <ul className="ticks">
            {excluded.map(({ table, reason }) => (
              <li key={table}>
                <b className="strong">{table}</b> <span lang="en">{reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Line({ line: { rows, title, why, by } }: { readonly line: NotMoved }) {
  const t = useTranslations('proof.notMoved');
  return (
    <tr>
      <td className="num">{t('count', { rows })}</td>
      <td>{title}</td>
      <td>{why.kind === 'cause' ? <span lang="en">{why.explanation}</span> : t(`reason.${why.kind}`)}</td>
      <td>{by ?? t(why.kind === 'missing' ? 'nobody' : 'rule')}</td>
    </tr>
  );
}

function Repaired({ lines, rows }: { readonly lines: readonly CauseLine[]; readonly rows: number }) {
  const t = useTranslations('proof.notMoved');
  return (
    <details className="details on-paper">
      <summary>
        <Icon name="chev" small />
        {t('repaired', { rows })}
      </summary>
      <ul className="ticks">
        {lines.map(({ entity, column, title, rows: count, explanation }) => (
          <li key={`${entity} ${column} ${explanation}`}>
            <b className="strong">{t('repairedIn', { title, rows: count })}</b>{' '}
            <span lang="en">{explanation}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
