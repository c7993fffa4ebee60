/** Nobody is signed in: how one gets in, and a field for the token. What is typed is not shown and not kept. */
import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { isSignedOut } from '../api/ask.ts';
import { useSignIn } from '../api/session.ts';
import { tokenIn } from '../api/token-in.ts';
import { Icon } from '../parts/icon.tsx';
import { Refused } from '../parts/refused.tsx';

export function SignIn() {
  const t = useTranslations('signIn');
  const field = useId();
  const [typed, setTyped] = useState('');
  const [lacks, setLacks] = useState(false);
  const signIn = useSignIn();
  const wrong = isSignedOut(signIn.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const token = tokenIn(typed);
    setLacks(token === '');
    if (token !== '' && !signIn.isPending) signIn.mutate(token);
  };
  return (
    <main id="main" className="main sign-in">
      <div className="card stack">
        <h1 className="title">{t('title')}</h1>
        <p className="text">{t('text')}</p>
        <form className="stack" onSubmit={send}>
          <div className="field">
            <label className="label" htmlFor={field}>
              {t('field')}
            </label>
            <input
              className="input"
              id={field}
              type="password"
              autoComplete="off"
              maxLength={8000}
              value={typed}
              aria-invalid={wrong || lacks}
              aria-describedby={`${field}-wrong`}
              onChange={(e) => setTyped(e.target.value)}
            />
          </div>
          <div role="alert" id={`${field}-wrong`}>
            {lacks ? <p className="small">{t('empty')}</p> : null}
            {wrong && !lacks ? (
              <p className="note note--warn">
                <Icon name="warn" />
                <span>
                  <b className="strong">{t('wrong')}</b> {t('wrongHint')}
                </span>
              </p>
            ) : null}
          </div>
          {wrong ? null : <Refused error={signIn.error} />}
          <button className="btn btn--primary" type="submit" aria-disabled={signIn.isPending}>
            {t('go')}
          </button>
        </form>
        <p className="small muted start-help">{t('runner')}</p>
      </div>
    </main>
  );
}
