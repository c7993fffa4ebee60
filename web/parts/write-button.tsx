/**
 * A button that writes. It stays where it is and says why when it cannot be used, instead of going away. Who presses it
 * all the same, with a finger that hovers nowhere, sees the reason beside it.
 */
import { type ReactNode, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMay, useRole } from '../api/migrations.ts';

interface WriteButtonProps {
  readonly needs: 'operate' | 'approve';
  readonly onPress: () => void;
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'final';
  readonly block?: boolean;
  /** It is being done. */
  readonly busy?: boolean;
  /** Why not yet; null: nothing is in the way. */
  readonly because?: string | null;
  readonly children: ReactNode;
}

export function WriteButton(props: WriteButtonProps) {
  const { needs, onPress, look = 'primary', block = false, busy = false, because = null, children } = props;
  const t = useTranslations('write');
  const may = useMay();
  const role = useRole();
  const id = useId();
  const [isAsked, setAsked] = useState(false);
  const isOff = busy || because !== null || !may[needs];
  const reason = !may.reached ? t('noServer') : !may[needs] ? t(needs, { role }) : because;
  return (
    <>
      <button
        className={`btn btn--${look}${block ? ' btn--block' : ''}`}
        type="button"
        aria-disabled={isOff}
        aria-busy={busy}
        {...(reason === null ? {} : { 'aria-describedby': id, title: reason })}
        onClick={() => {
          setAsked(isOff);
          if (!isOff) onPress();
        }}
      >
        {children}
      </button>
      {reason === null ? null : (
        <span className={isAsked ? 'write-why small muted' : 'hide'} id={id}>
          {reason}
        </span>
      )}
    </>
  );
}
