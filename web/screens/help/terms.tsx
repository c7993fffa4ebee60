/** Words and what they mean. */
import { useTranslations } from 'use-intl';
import type english from '../../texts/en.json';

type Help = typeof english.help;
type Lists = Pick<Help, 'how' | 'words' | 'roles'>;

interface TermsProps<List extends keyof Lists> {
  readonly of: List;
  readonly names: readonly Exclude<keyof Lists[List]['is'], symbol>[];
}

export function Terms<List extends keyof Lists>({ of, names }: TermsProps<List>) {
  const t = useTranslations('help');
  const say = (key: string) => t(`${of}.${key}` as 'how.title');
  return (
    <section className="card" aria-labelledby={`h-${of}`}>
      <h2 className="card-title help-head" id={`h-${of}`}>
        {say('title')}
      </h2>
      <dl className="facts">
        {names.map((name) => (
          <div key={String(name)}>
            <dt>{say(`is.${String(name)}.word`)}</dt>
            <dd>{say(`is.${String(name)}.means`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
