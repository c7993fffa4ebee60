/** Every message that there is, by what it is about; found by its words or its code. */
import { useDeferredValue, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '../../parts/icon.tsx';
import { EntryCard } from './entry-card.tsx';
import { type Section, search } from './handbook.ts';

export function Handbook({ sections }: { readonly sections: readonly Section[] }) {
  const t = useTranslations('help.handbook');
  const field = useId();
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed).trim();
  const found = search(sections, words);
  const count = found.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <section className="card stack" aria-labelledby="h-wrong">
      <h2 className="card-title" id="h-wrong">
        {t('title')}
      </h2>
      <p className="text">{t('text')}</p>
      <p className="text muted">{t('forWhom')}</p>
      <div className="field">
        <label className="label" htmlFor={field}>
          {t('search')}
        </label>
        <input
          className="input"
          id={field}
          type="search"
          autoComplete="off"
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
        />
      </div>
      <p className="small muted" role="status">
        {words === '' ? t('all', { count }) : t('found', { count })}
      </p>
      <div>
        {found.map(({ title, entries }) => (
          // found ones are shown at once; without a search each subject begins folded
          <details className="details" key={`${title} ${words === ''}`} open={words !== ''}>
            <summary lang="en">
              <Icon name="chev" small />
              {title}
            </summary>
            {entries.map((entry) => (
              <EntryCard key={entry.id} entry={entry} as="h3" />
            ))}
          </details>
        ))}
      </div>
    </section>
  );
}
