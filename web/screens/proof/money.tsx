/** Money, digit for digit: what moved on the old side, what the new side holds, and the difference. Never over several currencies. */
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { MoneyLine, Proof } from '../../../server/shapes/proof.ts';
import { Icon } from '../../parts/icon.tsx';
import { exactly, isNothing, type Signs, signsOf } from './exact.ts';
import { foldedSums } from './folded-sums.ts';

export function Money({ proof: { money } }: { readonly proof: Proof }) {
  const t = useTranslations('proof.money');
  const signs = signsOf(useLocale());
  const [isOpen, setOpen] = useState(false);
  if (money.length === 0) return null;
  const { first, rest } = foldedSums(money);
  return (
    <section aria-labelledby="h-money">
      <h2 className="section-title" id="h-money">
        {t('title')}
      </h2>
      <table className="table money">
        <caption className="hide">{t('caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('currency')}</th>
            <th scope="col" className="num">
              {t('rows')}
            </th>
            <th scope="col" className="num">
              {t('old')}
            </th>
            <th scope="col" className="num">
              {t('new')}
            </th>
            <th scope="col" className="num">
              {t('difference')}
            </th>
          </tr>
        </thead>
        <tbody>
          {first.map((line) => (
            <Line key={keyOf(line)} line={line} signs={signs} />
          ))}
        </tbody>
        {rest.length === 0 ? null : (
          <tbody className={isOpen ? undefined : 'only-paper'}>
            {rest.map((line) => (
              <Line key={keyOf(line)} line={line} signs={signs} />
            ))}
          </tbody>
        )}
      </table>
      {rest.length === 0 ? null : (
        <button
          type="button"
          className="btn btn--quiet money-more no-print"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'fewer' : 'more', { count: rest.length })}
        </button>
      )}
      <Words money={money} signs={signs} />
    </section>
  );
}

const keyOf = ({ entity, column, currency }: MoneyLine) => `${entity} ${column} ${currency}`;
const whatOf = ({ title, column }: MoneyLine) => `${title}, ${column.replaceAll('_', ' ')}`;

interface LineProps {
  readonly line: MoneyLine;
  readonly signs: Signs;
}

function Line({ line, signs }: LineProps) {
  const t = useTranslations('proof.money');
  const isEqual = isNothing(line.difference);
  return (
    <tr>
      <th scope="row">{whatOf(line)}</th>
      <td data-label={t('currency')}>{line.currency ?? t('noCurrency')}</td>
      <td className="num" data-label={t('rows')}>
        {exactly(line.rows, signs)}
      </td>
      <td className="num" data-label={t('old')}>
        {exactly(line.moved, signs)}
      </td>
      <td className="num" data-label={t('new')}>
        {exactly(line.target, signs)}
      </td>
      <td className="num" data-label={t('difference')}>
        <span className={isEqual ? 'diff' : 'diff diff--not'}>
          {isEqual ? null : <Icon name="stop" small />}
          {exactly(line.difference, signs)}
        </span>
      </td>
    </tr>
  );
}

/** What the sums leave out, and whether they hold month by month. */
function Words({ money, signs }: { readonly money: readonly MoneyLine[]; readonly signs: Signs }) {
  const t = useTranslations('proof.money');
  const apart = money.filter((line) => !isNothing(line.apart) || !isNothing(line.duplicates ?? '0'));
  const months = money.filter(({ monthsThatDiffer }) => monthsThatDiffer > 0);
  return (
    <>
      <p className="text muted small after">
        {t('exact')} {months.length === 0 ? t('monthsEqual') : null}
      </p>
      {months.length === 0 ? null : (
        <ul className="ticks after">
          {months.map((line) => (
            <li key={keyOf(line)}>
              {t('monthsDiffer', {
                what: whatOf(line),
                currency: line.currency ?? '',
                months: line.months,
                differ: line.monthsThatDiffer,
              })}
            </li>
          ))}
        </ul>
      )}
      {apart.length === 0 ? null : (
        <>
          <p className="text muted small after">{t('apart')}</p>
          <ul className="ticks small muted">
            {apart.map((line) => (
              <li key={keyOf(line)}>
                {t(line.duplicates === null ? 'apartLine' : 'apartWithSame', {
                  what: whatOf(line),
                  currency: line.currency ?? '',
                  all: exactly(line.source, signs),
                  apart: exactly(line.apart, signs),
                  same: exactly(line.duplicates ?? '0', signs),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
