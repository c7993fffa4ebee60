/** Where a person writes. Enter sends words; words approve nothing. */
import { AuiIf, ComposerPrimitive } from '@assistant-ui/react';
import { useTranslations } from 'use-intl';
import { useStopAnswer } from '../../api/guide.ts';
import { useMay } from '../../api/migrations.ts';
import { Icon } from '../../parts/icon.tsx';
import { useMigrationId } from './migration-context.ts';

/** As the server takes it. */
const longest = 4000;
export const composerId = 'say';

export function Composer() {
  const t = useTranslations('guide');
  const may = useMay();
  const stop = useStopAnswer(useMigrationId());
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
        disabled={!may.operate}
        unstable_focusOnRunStart={false}
        unstable_focusOnScrollToBottom={false}
        unstable_focusOnThreadSwitched={false}
      />
      <AuiIf condition={({ thread }) => !thread.isRunning}>
        <ComposerPrimitive.Send className="btn btn--secondary" aria-label={t('send')}>
          <Icon name="send" />
          <span className="only-desktop">{t('send')}</span>
        </ComposerPrimitive.Send>
      </AuiIf>
      <AuiIf condition={({ thread }) => thread.isRunning}>
        <button
          className="btn btn--secondary"
          type="button"
          aria-disabled={stop.isPending}
          onClick={() => stop.mutate()}
        >
          {t('stop')}
        </button>
      </AuiIf>
    </ComposerPrimitive.Root>
  );
}
