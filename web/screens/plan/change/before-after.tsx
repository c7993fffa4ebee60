import { useId } from 'react';
import { useTranslations } from 'use-intl';
import type { ColumnExample } from '../../../../server/shapes/plan.ts';
import { Icon } from '../../../parts/icon.tsx';

interface BeforeAfterProps {
  readonly examples: readonly ColumnExample[];
  readonly isPersonal: boolean;
}

export function BeforeAfter({ examples, isPersonal }: BeforeAfterProps) {
  const t = useTranslations('plan.change');
  const heading = useId();
  const shown = [...new Map(examples.map((one) => [JSON.stringify(one), one]))];
  if (examples.length === 0) return <p className="text muted before-after">{t('noExamples')}</p>;
  return (
    <div className="before-after">
      <h3 className="small-title" id={heading}>
        {t('examples', { count: shown.length })}
      </h3>
      <table className="table ba" aria-labelledby={heading}>
        <thead>
          <tr>
            <th scope="col">{t('before')}</th>
            <th scope="col">{t('after')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(([name, { before, after, misfit }]) => (
            <tr key={name}>
              <td className="masked" data-label={t('before')}>
                {before ?? <em>{t('empty')}</em>}
              </td>
              <td className="is-new" data-label={t('after')}>
                {misfit === null ? (after ?? <em>{t('empty')}</em>) : t('doesNotFit', { why: misfit })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isPersonal ? (
        <p className="state small">
          <Icon name="hidden" small />
          {t('personal')}
        </p>
      ) : null}
    </div>
  );
}
