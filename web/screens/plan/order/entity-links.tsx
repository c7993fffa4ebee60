/** The links of the chosen entity as text; each of them can be chosen. */
import { Fragment, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { PicturedEntity } from '../../../../server/shapes/plan.ts';
import { type Link, linksOf } from './links.ts';

interface EntityLinksProps {
  readonly picture: readonly PicturedEntity[];
  readonly chosen: PicturedEntity;
  readonly choose: (name: string) => void;
}

export function EntityLinks({ picture, chosen, choose }: EntityLinksProps) {
  const t = useTranslations('plan.order');
  const { needs, neededBy, itself } = linksOf(picture, chosen.name);
  const { title, level } = chosen;
  return (
    <div className="links">
      <p className="text" role="status">
        {t('place', { title, level, needs: needs.length, neededBy: neededBy.length })}
        {itself ? ` ${t('itself')}` : ''}
      </p>
      <LinkLine key={`needs ${chosen.name}`} label={t('needs')} links={needs} choose={choose} />
      <LinkLine key={`needed by ${chosen.name}`} label={t('neededBy')} links={neededBy} choose={choose} />
      <p>
        <a href="#h-fields">{t('fields', { title })}</a>
      </p>
    </div>
  );
}

/** Of links in a line; a table that everything points to has hundreds. */
const FIRST = 16;

interface LinkLineProps {
  readonly label: string;
  readonly links: readonly Link[];
  readonly choose: (name: string) => void;
}

function LinkLine({ label, links, choose }: LinkLineProps) {
  const t = useTranslations('plan.order');
  const [showsAll, setShowsAll] = useState(false);
  if (links.length === 0) return null;
  const shown = showsAll ? links : links.slice(0, FIRST);
  return (
    <p className="links-line">
      <span className="muted">{label}</span>{' '}
      {shown.map(({ entity, later }, index) => (
        <Fragment key={entity.name}>
          {index === 0 ? '' : ', '}
          <button type="button" className="link-btn" onClick={() => choose(entity.name)}>
            {entity.title}
          </button>
          {later ? ` (${t('later')})` : ''}
        </Fragment>
      ))}
      {links.length <= FIRST ? null : (
        <>
          {' '}
          <button
            type="button"
            className="btn btn--quiet links-all"
            aria-expanded={showsAll}
            onClick={() => setShowsAll(!showsAll)}
          >
            {t(showsAll ? 'fewerLinks' : 'allLinks', { count: links.length })}
          </button>
        </>
      )}
    </p>
  );
}
