/** What went wrong with a request, what to do, and one way on. */
import { useTranslations } from 'use-intl';
import { Refusal } from '../api/ask.ts';

export function Trouble({ error, again }: { readonly error: Error; readonly again: () => void }) {
  const t = useTranslations('trouble');
  const problem = error instanceof Refusal ? error.problem : null;
  return (
    <main id="main" className="main">
      <div className="page">
        <h1 className="title">
          {problem?.code === 'NOT_SIGNED_IN' ? t('signedOut') : (problem?.title ?? error.message)}
        </h1>
        {problem === null ? null : <p className="text">{problem.hint}</p>}
        <div className="actions">
          <button className="btn btn--primary" type="button" onClick={again}>
            {t('again')}
          </button>
        </div>
      </div>
    </main>
  );
}
