/** Words of the engine, and its hints, as people read them who have no terminal: text stays text. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { helpAbout, isForRunner, readOn } from './links-in-words.ts';

/** What it says; where it names an entry of the handbook, a link to it. */
export function Words({ text }: { readonly text: string }) {
  const t = useTranslations('words');
  const { words, entries } = readOn(text);
  return (
    <>
      <span lang="en">{words}</span>
      {entries.map((entry) => (
        <span key={entry}>
          {' '}
          <Link href={helpAbout(entry)}>{t('more')}</Link>
        </span>
      ))}
    </>
  );
}

/** The next step. One that is a command is not for who reads it here, and says for whom it is. */
export function Hint({ text }: { readonly text: string | null }) {
  const t = useTranslations('words');
  if (text === null || text.trim() === '') return null;
  return (
    <>
      {isForRunner(text) ? `${t('forRunner')} ` : null}
      <Words text={text} />
    </>
  );
}
