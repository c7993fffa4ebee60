/** Where a person writes. Enter sends words; words approve nothing. */
import { ComposerPrimitive, useAuiState } from '@assistant-ui/react';
import { useTranslations } from 'use-intl';
import { useStopAnswer } from '../../api/guide.ts';
import { useMay, useRole } from '../../api/migrations.ts';
import { Icon } from '../../parts/icon.tsx';
import { enterDoesNothing } from './enter-key.ts';
import { useMigrationId } from './migration-context.ts';

/** As the server takes it. */
const longest = 4000;
export const composerId = 'say';

export function Composer() {
  const t = useTranslations('guide');
  const may = useMay();
  const stop = useStopAnswer(useMigrationId());
  const role = useRole();
  const isRunning = useAuiState(({ thread }) => thread.isRunning);
  const placeholder = !may.reached ? t('sayNoServer') : may.operate ? t('say') : t('sayViewer');
  return (
    <ComposerPrimitive.Root className="composer">
      <label className="hide" htmlFor={composerId}>
        {t('yourMessage')}
      </label>
      <ComposerPrimitive.Input
        id={composerId}
        rows={1}
        maxRows={6}
        maxLength={longest}
        placeholder={placeholder}
        // that would only stop listening: the answer is stopped with the button
        cancelOnEscape={false}
        // what is written is kept while the server is away; it is only not sent
        disabled={role === 'viewer'}
        onKeyDown={(e) => {
          const { key, shiftKey, nativeEvent } = e;
          const pressed = { key, shiftKey, isComposing: nativeEvent.isComposing };
          if (enterDoesNothing(pressed, { isRunning, operate: may.operate })) e.preventDefault();
        }}
        submitMode={may.operate ? 'enter' : 'none'}
        unstable_focusOnRunStart={false}
        unstable_focusOnScrollToBottom={false}
        unstable_focusOnThreadSwitched={false}
      />
      {isRunning ? (
        <button
          className="btn btn--secondary"
          type="button"
          aria-disabled={stop.isPending}
          onClick={() => {
            if (!stop.isPending) stop.mutate();
            toField();
          }}
        >
          {t('stop')}
        </button>
      ) : may.operate ? (
        <ComposerPrimitive.Send className="btn btn--secondary" aria-label={t('send')} onClick={toField}>
          <Icon name="send" />
          <span className="only-desktop">{t('send')}</span>
        </ComposerPrimitive.Send>
      ) : (
        <button
          className="btn btn--secondary"
          type="button"
          aria-label={t('send')}
          aria-disabled="true"
          title={placeholder}
        >
          <Icon name="send" />
          <span className="only-desktop">{t('send')}</span>
        </button>
      )}
    </ComposerPrimitive.Root>
  );
}

/** Of the two buttons only one is there: the pressed one goes away, and the keyboard must be somewhere. */
function toField(): void {
  document.getElementById(composerId)?.focus();
}
