/** What a change would do, before anything is written. */
import { useTranslations } from 'use-intl';
import type { PlanChangeAnswer } from '../../../../server/shapes/plan.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Refused } from '../../../parts/refused.tsx';
import { Hint } from '../../../parts/words.tsx';

interface CheckResultProps {
  readonly wanted: boolean;
  readonly pending: boolean;
  readonly answer: PlanChangeAnswer['data'] | null;
  readonly error: Error | null;
}

export function CheckResult({ wanted, pending, answer, error }: CheckResultProps) {
  const t = useTranslations('plan.change');
  return (
    <div className="check" role="status">
      {!wanted ? null : pending ? (
        <p className="muted">{t('checking')}</p>
      ) : error !== null ? (
        <Refused error={error} />
      ) : answer === null ? null : !answer.changed ? (
        <p className="note">
          <Icon name="info" />
          <span>{t('saysSo')}</span>
        </p>
      ) : (
        <Changed answer={answer} />
      )}
    </div>
  );
}

function Changed({
  answer: { before, after, mistakes, approvalsLost },
}: {
  readonly answer: PlanChangeAnswer['data'];
}) {
  const t = useTranslations('plan.change');
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{t('now')}</dt>
          <dd lang="en">{before}</dd>
        </div>
        <div>
          <dt>{t('then')}</dt>
          <dd lang="en">{after}</dd>
        </div>
        <div>
          <dt>{t('approvals')}</dt>
          <dd>{t('approvalsLost', { count: approvalsLost })}</dd>
        </div>
      </dl>
      {mistakes.length === 0 ? (
        <p className="note">
          <Icon name="info" />
          <span>{t('nothingWritten')}</span>
        </p>
      ) : (
        <div className="note note--fail">
          <Icon name="stop" />
          <span>
            <b className="strong">{t('mistakes', { count: mistakes.length })}</b>
            <ul>
              {mistakes.map(({ path, message, hint }) => (
                <li key={`${path} ${message}`} lang="en">
                  {message} <Hint text={hint} />
                </li>
              ))}
            </ul>
          </span>
        </div>
      )}
    </>
  );
}
