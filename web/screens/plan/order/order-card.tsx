/** What moves first: a picture where there is room for it, else a list; search, and the links of the chosen one as text. */
import { lazy, Suspense, useId, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../../server/shapes/migrations.ts';
import type { PicturedEntity } from '../../../../server/shapes/plan.ts';
import { Loading } from '../../../parts/loading.tsx';
import { EntityLinks } from './entity-links.tsx';
import { FoundFields } from './found-fields.tsx';
import { LevelList } from './level-list.tsx';
import { isNamed } from './links.ts';
import { useIsWide } from './use-is-wide.ts';

const LevelPicture = lazy(() => import('./level-picture.tsx'));

interface OrderCardProps {
  readonly id: MigrationId;
  readonly picture: readonly PicturedEntity[];
  readonly chosen: string | null;
  readonly choose: (name: string, field?: string) => void;
}

export function OrderCard({ id, picture, chosen, choose }: OrderCardProps) {
  const t = useTranslations('plan.order');
  const [search, setSearch] = useState('');
  const [asList, setAsList] = useState(false);
  const isWide = useIsWide();
  const field = useId();
  const wanted = search.trim();
  const found = useMemo(
    () =>
      wanted === '' ? null : new Set(picture.filter((one) => isNamed(one, wanted)).map(({ name }) => name)),
    [picture, wanted],
  );
  const entity = picture.find(({ name }) => name === chosen);
  const isPicture = isWide && !asList;
  const links =
    entity === undefined ? null : <EntityLinks picture={picture} chosen={entity} choose={choose} />;
  // where only fields are called so, every kind of record stays in sight
  const shown = { picture, chosen, found: found?.size === 0 ? null : found, choose };
  const first = found === null ? undefined : [...found][0];
  return (
    <section className="card" aria-labelledby="h-order">
      <div className="card-head order-head">
        <h2 className="card-title" id="h-order">
          {t('title')}
        </h2>
        <form
          className="search"
          onSubmit={(event) => {
            event.preventDefault();
            if (first !== undefined) choose(first);
          }}
        >
          <label className="hide" htmlFor={field}>
            {t('search')}
          </label>
          <input
            id={field}
            className="input"
            type="search"
            placeholder={t('search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <span className="small muted" role="status">
            {found === null ? '' : t('found', { count: found.size, all: picture.length })}
          </span>
        </form>
      </div>
      <p className="text muted">{t('text')}</p>
      {wanted === '' ? null : <FoundFields id={id} find={wanted} choose={choose} />}
      {isPicture ? (
        <Suspense fallback={<Loading words={t('drawing')} />}>
          <LevelPicture {...shown} />
          <p className="keys small picture-keys">
            <span className="gkey gkey--chosen">{t('keyChosen')}</span>
            <span className="gkey gkey--linked">{t('keyLinked')}</span>
            {entity?.references.some(({ later }) => later) ? (
              <span className="gkey gkey--later">{t('keyLater')}</span>
            ) : null}
            {picture.some(({ questions }) => questions.length > 0) ? (
              <span className="gkey gkey--asked">{t('keyAsked')}</span>
            ) : null}
            <span className="gkey gkey--bar">{t('keyRows')}</span>
          </p>
        </Suspense>
      ) : (
        <LevelList {...shown}>{links}</LevelList>
      )}
      {isPicture ? links : null}
      {isWide ? (
        <button className="btn btn--quiet order-switch" type="button" onClick={() => setAsList(!asList)}>
          {t(asList ? 'asPicture' : 'asList')}
        </button>
      ) : null}
    </section>
  );
}
