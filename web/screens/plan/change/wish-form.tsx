/** What should be otherwise: one thing at a time, and what it needs to know. */
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import type { Column } from '../fields/what-happens.ts';
import { possibleWishes, type Wish } from './wish.ts';
import { WishDetails } from './wish-details.tsx';

interface WishFormProps {
  readonly column: Column;
  readonly sources: readonly string[];
  readonly wish: Wish;
  readonly set: (wish: Wish) => void;
}

/** These stand in the plan without a reason of their own. */
const withoutReason: readonly (Wish['kind'] | null)[] = [
  null,
  'misfit',
  'missing',
  'accept',
  'notes',
  'rename',
];

export function WishForm({ column, sources, wish, set }: WishFormProps) {
  const t = useTranslations('plan.change');
  const reason = useId();
  const possible = possibleWishes(column).filter((kind) => kind !== 'source' || sources.length > 1);
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend className="small-title">{t('what')}</legend>
        {possible.map((kind) => (
          <div key={kind}>
            <label className="choice">
              <input
                type="radio"
                name="wish"
                checked={wish.kind === kind}
                onChange={() => set({ ...wish, kind })}
              />
              <span className="choice-text">
                <span className="choice-name">{t(`wish.${kind}`)}</span>
              </span>
            </label>
            {wish.kind === kind ? (
              <WishDetails column={column} sources={sources} wish={wish} set={set} />
            ) : null}
          </div>
        ))}
      </fieldset>
      {withoutReason.includes(wish.kind) ? null : (
        <div className="field change-reason">
          <label className="label" htmlFor={reason}>
            {t(wish.kind === 'leaveOut' ? 'reasonNeeded' : 'reason')}
          </label>
          <input
            id={reason}
            className="input"
            maxLength={300}
            value={wish.reason}
            onChange={(event) => set({ ...wish, reason: event.target.value })}
          />
        </div>
      )}
    </form>
  );
}
