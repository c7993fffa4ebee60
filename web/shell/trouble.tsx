/** What went wrong, what to do, and one way on. */
import { useTranslations } from 'use-intl';
import { NoAnswer, Refusal } from '../api/ask.ts';

interface TroubleProps {
  readonly error: Error;
  /** What to do next, where the error does not say it itself. */
  readonly hint?: string;
  readonly again: () => void;
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
export function TroubleWords({ error, hint, again }: TroubleProps) {
  const t = useTranslations('trouble');
  const words = useWords(error, hint);
  return (
    <div>
      <h1 className="title">{words.title}</h1>
      <p className="text">{words.hint}</p>
      <div className="actions trouble-actions">
        <button className="btn btn--primary" type="button" onClick={again}>
          {t('again')}
        </button>
      </div>
    </div>
  );
}

function useWords(error: Error, hint: string | undefined): { readonly title: string; readonly hint: string } {
  const t = useTranslations('trouble');
  if (error instanceof NoAnswer) return { title: t('noServer'), hint: t('noServerHint') };
  if (!(error instanceof Refusal)) return { title: error.message, hint: hint ?? t('unexpectedHint') };
  const { code, title, hint: next } = error.problem;
  return { title: code === 'NOT_SIGNED_IN' ? t('signedOut') : title, hint: next };
}
