/** What went wrong, what to do, and one way on. */
import { createElement } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { NoAnswer, Refusal } from '../api/ask.ts';
import { helpAbout } from '../parts/links-in-words.ts';
import { Hint } from '../parts/words.tsx';

interface TroubleProps {
  readonly error: Error;
  /** What to do next, where the error does not say it itself. */
  readonly hint?: string;
  /** Of the entry of the handbook, where the error does not say it itself. */
  readonly code?: string;
  readonly again: () => void;
  /** The screen has a heading of its own above. */
  readonly isPart?: boolean;
}

export function Trouble(props: TroubleProps) {
  return (
    <main id="main" className="main">
      <div className="page">
        <TroubleWords {...props} />
      </div>
    </main>
  );
}

/** Where a screen or a part of one could not be shown. */
export function TroubleWords({ error, hint, code, again, isPart = false }: TroubleProps) {
  const t = useTranslations();
  const words = useWords(error, hint);
  const about = error instanceof Refusal ? error.problem.code : code;
  return (
    <div>
      {createElement(isPart ? 'h2' : 'h1', { className: 'title' }, words.title)}
      <p className="text">
        <Hint text={words.hint} />{' '}
        {about === undefined ? null : <Link href={helpAbout(about)}>{t('words.more')}</Link>}
      </p>
      <div className="actions trouble-actions">
        <button className="btn btn--primary" type="button" onClick={again}>
          {t('trouble.again')}
        </button>
      </div>
    </div>
  );
}

function useWords(error: Error, hint: string | undefined): { readonly title: string; readonly hint: string } {
  const t = useTranslations('trouble');
  if (error instanceof NoAnswer) return { title: t('noServer'), hint: t('noServerHint') };
  if (!(error instanceof Refusal)) return { title: error.message, hint: hint ?? t('unexpectedHint') };
  return error.problem;
}
