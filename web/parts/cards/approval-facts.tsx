/** The four facts that stand before every consent. */
import { useTranslations } from 'use-intl';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';

export function ApprovalFacts({ card }: { readonly card: ApprovalCard }) {
  const t = useTranslations('approval');
  const { action, effect, maxRows, reversible, inTarget } = card;
  // a signature is given where all of it stands, with what was not checked beside what was
  const shown = action === 'sign-off' ? [...effect.slice(0, 1), t('inProof')] : effect;
  return (
    <dl className="facts approve-facts">
      <div>
        <dt>{t('effect')}</dt>
        <dd>
          {shown.map((sentence) => (
            <p key={sentence} lang="en">
              {sentence}
            </p>
          ))}
        </dd>
      </div>
      <div>
        <dt>{t('rows')}</dt>
        <dd>{t(`rowsTouched.${action}`, { count: maxRows })}</dd>
      </div>
      <div>
        <dt>{t('undo')}</dt>
        <dd>
          {t(`undoable.${reversible.answer}`)} <span lang="en">{reversible.how}</span>
        </dd>
      </div>
      <div>
        <dt>{t('inTarget')}</dt>
        <dd lang="en">{inTarget}</dd>
      </div>
    </dl>
  );
}
