/** The links of the chosen entity as text; each of them can be chosen. */
import { Fragment } from 'react';
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
    <div className="links" aria-live="polite">
      <p className="text">
        {t('place', { title, level, needs: needs.length, neededBy: neededBy.length })}
        {itself ? ` ${t('itself')}` : ''}
      </p>
      <LinkLine label={t('needs')} links={needs} choose={choose} />
      <LinkLine label={t('neededBy')} links={neededBy} choose={choose} />
      <p>
        <a href="#h-fields">{t('fields', { title })}</a>
      </p>
    </div>
  );
}

interface LinkLineProps {
  readonly label: string;
  readonly links: readonly Link[];
  readonly choose: (name: string) => void;
}

function LinkLine({ label, links, choose }: LinkLineProps) {
  const t = useTranslations('plan.order');
  if (links.length === 0) return null;
  return (
    <p className="links-line">
      <span className="muted">{label}</span>{' '}
      {links.map(({ entity, later }, index) => (
        <Fragment key={entity.name}>
          {index === 0 ? '' : ', '}
          <button type="button" className="link-btn" onClick={() => choose(entity.name)}>
            {entity.title}
          </button>
          {later ? ` (${t('later')})` : ''}
        </Fragment>
      ))}
    </p>
  );
}
