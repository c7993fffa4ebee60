/** What went wrong, what to do, and one way on. */
import { useTranslations } from 'use-intl';
import { Refusal } from '../api/ask.ts';

interface TroubleProps {
  readonly error: Error;
  /** What to do next, where the error does not say it itself. */
  readonly hint?: string;
  readonly again: () => void;
}

export function Trouble({ error, hint, again }: TroubleProps) {
  const t = useTranslations('trouble');
  const problem = error instanceof Refusal ? error.problem : null;
  const words =
    problem === null
      ? { title: error instanceof TypeError ? t('noServer') : error.message, hint: hint ?? t('noServerHint') }
      : { title: problem.code === 'NOT_SIGNED_IN' ? t('signedOut') : problem.title, hint: problem.hint };
  return (
    <main id="main" className="main">
      <div className="page">
        <h1 className="title">{words.title}</h1>
        <p className="text">{words.hint}</p>
        <div className="actions">
          <button className="btn btn--primary" type="button" onClick={again}>
            {t('again')}
          </button>
        </div>
      </div>
    </main>
  );
}
