/** What was checked and holds, and what was not checked: the same weight, in the same place. */
import { useTranslations } from 'use-intl';
import type { Proof } from '../../../server/shapes/proof.ts';
import { Icon } from '../../parts/icon.tsx';

const FIRST = 6;

export function Checked({ proof: { held, notChecked, todo } }: { readonly proof: Proof }) {
  const t = useTranslations('proof.checked');
  return (
    <>
      <div className="two">
        <section aria-labelledby="h-yes">
          <h2 className="section-title yes" id="h-yes">
            <Icon name="done" />
            {t('held')}
          </h2>
          {held.length === 0 ? <p className="text muted">{t('nothingHeld')}</p> : <Held words={held} />}
        </section>
        <section aria-labelledby="h-no">
          <h2 className="section-title no" id="h-no">
            <Icon name="warn" />
            {t('not', { count: notChecked.length })}
          </h2>
          {notChecked.length === 0 ? (
            <p className="text muted">{t('nothingOpen')}</p>
          ) : (
            <Ticks words={notChecked} />
          )}
        </section>
      </div>
      {todo.length === 0 ? null : (
        <section aria-labelledby="h-todo">
          <h2 className="section-title" id="h-todo">
            {t('todo')}
          </h2>
          <Ticks words={todo} />
        </section>
      )}
    </>
  );
}

/** What held may be a long list; what was not checked must not be pushed away by it. */
function Held({ words }: { readonly words: readonly string[] }) {
  const t = useTranslations('proof.checked');
  const rest = words.slice(FIRST);
  return (
    <>
      <Ticks words={words.slice(0, FIRST)} />
      {rest.length === 0 ? null : (
        <details className="details on-paper">
          <summary>
            <Icon name="chev" small />
            {t('more', { count: rest.length })}
          </summary>
          <Ticks words={rest} />
        </details>
      )}
    </>
  );
}

function Ticks({ words }: { readonly words: readonly string[] }) {
  return (
    <ul className="ticks" lang="en">
      {words.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
