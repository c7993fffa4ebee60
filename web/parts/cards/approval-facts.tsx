/** The four facts that stand before every consent. */
import { useTranslations } from 'use-intl';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';

export function ApprovalFacts({ card }: { readonly card: ApprovalCard }) {
  const t = useTranslations('approval');
  const { action, effect, maxRows, reversible, inTarget } = card;
  return (
    <dl className="facts approve-facts">
      <div>
        <dt>{t('effect')}</dt>
        <dd>
          {effect.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </dd>
      </div>
      <div>
        <dt>{t('rows')}</dt>
        <dd>{t(action === 'rehearse' ? 'rowsTouchedRehearse' : 'rowsTouched', { count: maxRows })}</dd>
      </div>
      <div>
        <dt>{t('undo')}</dt>
        <dd>
          {t(`undoable.${reversible.answer}`)} {reversible.how}
        </dd>
      </div>
      <div>
        <dt>{t('inTarget')}</dt>
        <dd>{inTarget}</dd>
      </div>
    </dl>
  );
}
