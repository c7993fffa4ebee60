/** How a database answered, in words, with a remedy for each thing that is wrong. */
import { useTranslations } from 'use-intl';
import { Icon } from '../../parts/icon.tsx';
import { Hint } from '../../parts/words.tsx';
import type { SideResult } from './connection-result.ts';

export function SideWords({ result }: { readonly result: SideResult }) {
  const t = useTranslations('home.test');
  const { tone, connected, problems } = result;
  if (tone === 'unknown') return null;
  return (
    <>
      {connected === null && problems.length > 0 ? null : (
        <span className="state small state--pass">
          <Icon name="check" small />
          {connected ?? t('fine')}
        </span>
      )}
      {problems.length === 0 ? null : (
        <ul className="connection-problems small">
          {problems.map(({ name, status, message, remedy }) => (
            <li key={name}>
              <span className={status === 'fail' ? 'state state--fail' : 'state state--warn'}>
                <Icon name={status === 'fail' ? 'stop' : 'warn'} small />
                {message}
              </span>
              {remedy === null ? null : (
                <span className="remedy">
                  {t('remedy')} <Hint text={remedy} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
