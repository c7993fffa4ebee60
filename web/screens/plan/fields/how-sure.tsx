import { useTranslations } from 'use-intl';
import { Icon } from '../../../parts/icon.tsx';
import { surenessOf } from './field-order.ts';

interface HowSureProps {
  readonly confidence: number;
  readonly needsAnswer: boolean;
}

export function HowSure({ confidence, needsAnswer }: HowSureProps) {
  const t = useTranslations('plan.fields');
  if (needsAnswer)
    return (
      <span className="flag">
        <Icon name="flag" small />
        {t('answerNeeded')}
      </span>
    );
  const sureness = surenessOf(confidence);
  return (
    <span className="conf">
      <span className={sureness === 'unsure' ? 'conf-word is-warn' : 'conf-word'}>
        {t(`sureness.${sureness}`)}
      </span>
      <svg className="conf-bar" width="40" height="6" aria-hidden="true">
        <rect className="conf-all" width="40" height="6" rx="3" />
        <rect className="conf-part" width={40 * confidence} height="6" rx="3" />
      </svg>
      <span className="conf-num">{t('percent', { share: confidence })}</span>
    </span>
  );
}
