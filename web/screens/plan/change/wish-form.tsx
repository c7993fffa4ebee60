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
  const what = useId();
  const reason = useId();
  const possible = possibleWishes(column).filter((kind) => kind !== 'source' || sources.length > 1);
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <div className="field">
        <label className="small-title" htmlFor={what}>
          {t('what')}
        </label>
        <select
          id={what}
          className="input"
          value={wish.kind ?? ''}
          onChange={(event) =>
            set({ ...wish, kind: possible.find((kind) => kind === event.target.value) ?? null })
          }
        >
          <option value="">{t('choose')}</option>
          {possible.map((kind) => (
            <option key={kind} value={kind}>
              {t(`wish.${kind}`)}
            </option>
          ))}
        </select>
      </div>
      <WishDetails column={column} sources={sources} wish={wish} set={set} />
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
