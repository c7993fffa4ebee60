/** Why something that was asked for did not happen, and what to do, beside the button that asked. */
import { useTranslations } from 'use-intl';
import { NoAnswer, Refusal } from '../api/ask.ts';
import { Icon } from './icon.tsx';
import { Hint } from './words.tsx';

export function Refused({ error }: { readonly error: Error | null }) {
  const t = useTranslations('trouble');
  if (error === null) return null;
  const { title, hint } =
    error instanceof Refusal
      ? error.problem
      : { title: t(error instanceof NoAnswer ? 'notSent' : 'unexpected'), hint: t('notSentHint') };
  return (
    <p className="note note--warn" role="alert">
      <Icon name="warn" />
      <span>
        <b className="strong">{title}</b> <Hint text={hint} />
      </span>
    </p>
  );
}
