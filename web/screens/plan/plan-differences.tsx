/** What the plan would do otherwise than the one that somebody said yes to. */
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useDifference } from '../../api/plan.ts';
import { Loading } from '../../parts/loading.tsx';
import { Refused } from '../../parts/refused.tsx';
import { fieldWords } from './fields/what-happens.ts';

interface PlanDifferencesProps {
  readonly id: MigrationId;
  readonly choose: (name: string, field: string) => void;
}

export function PlanDifferences({ id, choose }: PlanDifferencesProps) {
  const t = useTranslations('plan.difference');
  const difference = useDifference(id, true);
  const found = difference.data?.data;
  return (
    <section className="card" aria-labelledby="h-difference">
      <div className="card-head">
        <h2 className="card-title" id="h-difference">
          {t('title')}
        </h2>
        {found === undefined ? null : (
          <span className="small muted">{t('count', { count: found.differences.length })}</span>
        )}
      </div>
      {difference.isError ? (
        <Refused error={difference.error} />
      ) : found === undefined ? (
        <Loading words={t('loading')} />
      ) : found.differences.length === 0 ? (
        <p className="text">{t('none')}</p>
      ) : (
        <table className="table ba">
          <thead>
            <tr>
              <th scope="col">{t('where')}</th>
              <th scope="col">{t('what')}</th>
            </tr>
          </thead>
          <tbody>
            {found.differences.map(({ entity, column, kind, text }) => (
              <tr key={`${entity} ${column} ${kind} ${text}`}>
                <th scope="row">
                  {entity === null ? (
                    t('whole')
                  ) : (
                    <button type="button" className="link-btn" onClick={() => choose(entity, column ?? '')}>
                      {fieldWords(entity)}
                      {column === null ? '' : `, ${fieldWords(column)}`}
                    </button>
                  )}
                  <span className="muted small difference-kind"> {t(`kind.${kind}`)}</span>
                </th>
                <td className="ba-what" lang="en">
                  {text}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
