/** The plan: what waits for an answer, what moves first, one entity field by field, what changed, what stays behind. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useSearchParams } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { PlanView } from '../../../server/shapes/plan.ts';
import { useMay } from '../../api/migrations.ts';
import { useEntity, usePlan } from '../../api/plan.ts';
import { Loading } from '../../parts/loading.tsx';
import { Refused } from '../../parts/refused.tsx';
import { addressOf } from '../../shell/places.ts';
import { FieldsCard } from './fields/fields-card.tsx';
import { LeftBehind } from './left-behind.tsx';
import { firstChosen } from './order/links.ts';
import { OrderCard } from './order/order-card.tsx';
import { PlanDifferences } from './plan-differences.tsx';
import { PlanHead } from './plan-head.tsx';
import { PlanMistakes } from './plan-mistakes.tsx';
import { Risks } from './risks.tsx';
import { WaitingQuestion } from './waiting-question.tsx';
import './plan.css';

export default function Plan({ id }: { readonly id: MigrationId }) {
  const t = useTranslations('plan');
  const plan = usePlan(id);
  return (
    <main id="main" className="main">
      <div className="page plan">
        {plan.data === null ? (
          <NoPlan id={id} />
        ) : plan.data !== undefined ? (
          <Shown id={id} plan={plan.data} />
        ) : plan.isPending ? (
          <>
            <h1 className="title">{t('title')}</h1>
            <Loading words={t('loading')} />
          </>
        ) : (
          <>
            <h1 className="title">{t('title')}</h1>
            <Refused error={plan.error} />
          </>
        )}
      </div>
    </main>
  );
}

function Shown({ id, plan: { data } }: { readonly id: MigrationId; readonly plan: PlanView }) {
  const t = useTranslations('plan');
  const [search, setSearch] = useSearchParams();
  const [compares, setCompares] = useState(false);
  const may = useMay();
  // what was shown first stays: once its question is answered, another one would take its place under the reader's eyes
  const [first] = useState(() => firstChosen(data.picture));
  const chosen =
    [search.get('entity'), first].find((wanted) => isIn(data.picture, wanted)) ?? firstChosen(data.picture);
  const entity = useEntity(id, chosen);
  const field = search.get('field') ?? '';
  const choose = (name: string, wanted = '') =>
    setSearch(wanted === '' ? { entity: name } : { entity: name, field: wanted }, { replace: true });
  return (
    <>
      <PlanHead plan={data} compares={compares} compare={() => setCompares(!compares)} />
      <PlanMistakes mistakes={data.mistakes} />
      {data.questions > 0 ? <WaitingQuestion id={id} count={data.questions} /> : null}
      {compares ? <PlanDifferences id={id} choose={choose} /> : null}
      <OrderCard id={id} picture={data.picture} chosen={chosen} choose={choose} />
      {entity.data !== undefined ? (
        <FieldsCard
          key={`${entity.data.data.entity} ${field}`}
          find={field}
          id={id}
          entity={entity.data.data}
          mayChange={may.operate}
        />
      ) : (
        <section className="card">
          {entity.isError ? <Refused error={entity.error} /> : <Loading words={t('loadingEntity')} />}
        </section>
      )}
      <Risks risks={data.risks} />
      <LeftBehind excluded={data.excluded} />
    </>
  );
}

function isIn(picture: PlanView['data']['picture'], wanted: string | null): boolean {
  return picture.some(({ name }) => name === wanted);
}

function NoPlan({ id }: { readonly id: MigrationId }) {
  const t = useTranslations('plan.none');
  return (
    <div className="card">
      <h1 className="card-title">{t('title')}</h1>
      <p className="text muted">{t('text')}</p>
      <div className="actions plan-none">
        <Link className="btn btn--primary" href={addressOf(id, 'guide')}>
          {t('guide')}
        </Link>
      </div>
    </div>
  );
}
