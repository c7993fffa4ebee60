/** A few rows, old beside new. Personal values were masked before they left the server. */
import { useTranslations } from 'use-intl';
import type { Proof, ProvenSample } from '../../../server/shapes/proof.ts';
import { Icon } from '../../parts/icon.tsx';

const FIRST = 2;

export function Samples({ proof: { samples } }: { readonly proof: Proof }) {
  const t = useTranslations('proof.samples');
  const rest = samples.slice(FIRST);
  return (
    <section aria-labelledby="h-samp">
      <div className="samp-head">
        <h2 className="section-title" id="h-samp">
          {t('title')}
        </h2>
        <span className="state small">
          <Icon name="hidden" small />
          {t('hidden')}
        </span>
      </div>
      {samples.length === 0 ? (
        <p className="text muted">{t('none')}</p>
      ) : (
        <Blocks samples={samples.slice(0, FIRST)} />
      )}
      {rest.length === 0 ? null : (
        <details className="details">
          <summary>
            <Icon name="chev" small />
            {t('more', { count: rest.length })}
          </summary>
          <Blocks samples={rest} />
        </details>
      )}
    </section>
  );
}

function Blocks({ samples }: { readonly samples: readonly ProvenSample[] }) {
  return (
    <div className="samples">
      {samples.map((sample) => (
        <Sample key={`${sample.entity} ${sample.legacyId}`} sample={sample} />
      ))}
    </div>
  );
}

function Sample({ sample: { title, legacyId, fields } }: { readonly sample: ProvenSample }) {
  const t = useTranslations('proof.samples');
  const name = t('name', { title, number: legacyId });
  return (
    <div className="sample-block">
      <h3 className="small-title">{name}</h3>
      <table className="table ba">
        <caption className="hide">{name}</caption>
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{t('old')}</th>
            <th scope="col">{t('new')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ column, before, after }) => (
            <tr key={column}>
              <th scope="row">{column.replaceAll('_', ' ')}</th>
              <td data-label={t('old')}>{before ?? <Empty />}</td>
              <td data-label={t('new')} className="is-new">
                {after ?? <Empty />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Empty() {
  const t = useTranslations('proof.samples');
  return <em className="muted">{t('empty')}</em>;
}
