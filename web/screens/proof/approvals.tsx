/** Who approved what, in the order of time, each with the reason that was given. */
import { useTranslations } from 'use-intl';
import type { Proof } from '../../../server/shapes/proof.ts';
import { useFullMoment } from './full-moment.ts';

export function Approvals({ proof: { approvals } }: { readonly proof: Proof }) {
  const t = useTranslations('proof.approvals');
  const moment = useFullMoment('short');
  return (
    <section aria-labelledby="h-appr">
      <h2 className="section-title" id="h-appr">
        {t('title')}
      </h2>
      {approvals.length === 0 ? (
        <p className="text muted">{t('none')}</p>
      ) : (
        <table className="table appr">
          <caption className="hide">{t('title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('when')}</th>
              <th scope="col">{t('what')}</th>
              <th scope="col">{t('who')}</th>
            </tr>
          </thead>
          <tbody>
            {approvals.map(({ at, action, title, approver, reason }) => (
              <tr key={`${at} ${action}`}>
                <td className="nowrap">
                  <time dateTime={at}>{moment(at)}</time>
                </td>
                <td>
                  <span lang="en">{title}</span>
                  {reason === null || reason === '' ? null : <p className="small muted">{reason}</p>}
                </td>
                <td>{approver}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
