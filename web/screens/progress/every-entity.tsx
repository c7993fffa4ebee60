/** Every kind of record with its bar, by level. Drawn only while it is open: of a large move they are hundreds. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { RunView } from '../../../server/shapes/runs.ts';
import { Icon } from '../../parts/icon.tsx';
import { EntityBar } from './entity-bar.tsx';

export function EveryEntity({ run: { entities, byLevel } }: { readonly run: RunView['data'] }) {
  const t = useTranslations('progress.levels');
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chev" small />
        {t('every', { count: entities.length })}
      </summary>
      {isOpen ? (
        <div className="ens-levels">
          {byLevel.map(({ level, state }) => (
            <section key={level}>
              <h3 className="label">
                {t('level')} {level}
              </h3>
              <ul className="ens">
                {entities
                  .filter((entity) => entity.level === level)
                  .map((entity) => (
                    <EntityBar key={entity.entity} entity={entity} isChecked={state === 'passed'} />
                  ))}
              </ul>
            </section>
          ))}
        </div>
      ) : null}
    </details>
  );
}
