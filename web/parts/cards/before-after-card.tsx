/** A row as it was and as it will be, and what happens to each field. Personal values show their form only. */
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { EntityView } from '../../../server/shapes/plan.ts';
import { useEntity } from '../../api/plan.ts';
import { Icon } from '../icon.tsx';
import { Loading } from '../loading.tsx';

interface BeforeAfterProps {
  readonly id: MigrationId;
  readonly entity: string;
  /** New columns; null: the first few. */
  readonly columns: readonly string[] | null;
  readonly change: { readonly before: string; readonly after: string } | null;
}

const fewFields = 8;

export function BeforeAfterCard({ id, entity, columns, change }: BeforeAfterProps) {
  const t = useTranslations('beforeAfter');
  const heading = useId();
  const view = useEntity(id, entity);
  const [at, setAt] = useState(0);
  const data = view.data?.data;
  const shown =
    data?.columns.filter(({ to }) => columns === null || columns.includes(to)).slice(0, fewFields) ?? [];
  const samples =
    data === undefined ? 0 : Math.max(0, ...shown.map(({ to }) => data.examples[to]?.length ?? 0));
  return (
    <article className="card chat-card stack" aria-labelledby={heading} aria-busy={view.isPending}>
      <div className="card-head">
        <h2 className="card-title" id={heading}>
          {t('title', { entity: data?.title ?? entity })}
        </h2>
        <span className="state small">
          <Icon name="hidden" small />
          {t('masked')}
        </span>
      </div>
      {change === null ? null : (
        <p className="text">{t('change', { before: change.before, after: change.after })}</p>
      )}
      {data === undefined ? (
        view.isError ? (
          <p className="text muted">{t('notThere')}</p>
        ) : (
          <Loading words={t('loading')} />
        )
      ) : (
        <>
          {data.withoutExamples === null ? null : <p className="text muted">{data.withoutExamples}</p>}
          <Fields columns={shown} examples={data.examples} at={at} />
        </>
      )}
      <div className="card-foot">
        {samples > 0 ? <span>{t('position', { number: at + 1, count: samples })}</span> : null}
        {samples > 1 ? (
          <button className="btn btn--quiet" type="button" onClick={() => setAt((at + 1) % samples)}>
            {t('next')}
          </button>
        ) : null}
        <Link href={`/${id}/plan`}>{t('all')}</Link>
      </div>
    </article>
  );
}

interface FieldsProps {
  readonly columns: EntityView['data']['columns'];
  readonly examples: EntityView['data']['examples'];
  readonly at: number;
}

function Fields({ columns, examples, at }: FieldsProps) {
  const t = useTranslations('beforeAfter');
  return (
    <table className="table ba">
      <thead>
        <tr>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('old')}</th>
          <th scope="col">{t('new')}</th>
          <th scope="col">{t('what')}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ to, reason }) => {
          const example = examples[to]?.[at];
          return (
            <tr key={to}>
              <th scope="row">{to}</th>
              <td data-label={t('old')}>{example?.before ?? <span className="muted">{t('empty')}</span>}</td>
              <td className="is-new" data-label={t('new')}>
                {example?.misfit ?? example?.after ?? <span className="muted">{t('empty')}</span>}
              </td>
              <td className="ba-what muted">{reason}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
