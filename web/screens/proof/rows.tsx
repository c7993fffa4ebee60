/** Rows of every table by level, old beside new, with what the comparison of every field said. */
import { useFormatter, useTranslations } from 'use-intl';
import type { Proof, ProvenTable } from '../../../server/shapes/proof.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { type Compared, comparedOfAll } from './compared.ts';

export function Rows({ proof: { tables, totals } }: { readonly proof: Proof }) {
  const t = useTranslations('proof.rows');
  const hasSame = totals.duplicates > 0;
  const columns = hasSame ? 7 : 6;
  const ahead = tables.filter(({ begun }) => !begun).length;
  return (
    <section aria-labelledby="h-count">
      <h2 className="section-title" id="h-count">
        {t('title')}
      </h2>
      <table className="table counts">
        <caption className="hide">{t('caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table')}</th>
            <Head words={t('old')} />
            <Head words={t('leftOut')} />
            {hasSame ? <Head words={t('same')} /> : null}
            <Head words={t('setAside')} />
            <Head words={t('new')} />
            <Head words={t('compared')} />
          </tr>
        </thead>
        {[...Map.groupBy(tables, ({ level }) => level)].map(([level, of]) => (
          <tbody key={level}>
            <tr className="group">
              <th colSpan={columns} scope="rowgroup">
                {t('level', { level })}
              </th>
            </tr>
            {of.map((table) => (
              <Row key={table.name} table={table} hasSame={hasSame} />
            ))}
          </tbody>
        ))}
        <tfoot>
          <tr>
            <th scope="row">{t('all', { count: tables.length })}</th>
            <Cells counts={totals} hasSame={hasSame} />
            <td className="num res">
              <Result compared={comparedOfAll(tables)} />
            </td>
          </tr>
        </tfoot>
      </table>
      {ahead === 0 ? null : <p className="text muted small after">{t('ahead', { count: ahead })}</p>}
    </section>
  );
}

function Head({ words }: { readonly words: string }) {
  return (
    <th scope="col" className="num">
      {words}
    </th>
  );
}

function Row({ table, hasSame }: { readonly table: ProvenTable; readonly hasSame: boolean }) {
  const t = useTranslations('proof.rows');
  if (!table.begun) {
    return (
      <tr>
        <th scope="row">{table.title}</th>
        <td className="num muted not-begun" colSpan={hasSame ? 6 : 5}>
          {t('notBegun')}
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row">{table.title}</th>
      <Cells counts={table} hasSame={hasSame} />
      <td className="num res">
        {table.moved === 0 ? (
          <span className="muted">{t('noRows')}</span>
        ) : (
          <Result compared={table.compared} />
        )}
      </td>
    </tr>
  );
}

type Counts = Pick<ProvenTable, 'source' | 'leftOut' | 'duplicates' | 'setAside' | 'moved'>;

function Cells({ counts, hasSame }: { readonly counts: Counts; readonly hasSame: boolean }) {
  const t = useTranslations('proof.rows');
  const { source, leftOut, duplicates, setAside, moved } = counts;
  return (
    <>
      <Cell words={t('old')} rows={source} kind="old" />
      <Cell words={t('leftOut')} rows={leftOut} kind="part" />
      {hasSame ? <Cell words={t('same')} rows={duplicates} kind="part" /> : null}
      <Cell words={t('setAside')} rows={setAside} kind="part" />
      <Cell words={t('new')} rows={moved} kind="new" />
    </>
  );
}

interface CellProps {
  readonly words: string;
  readonly rows: number;
  readonly kind: 'old' | 'new' | 'part';
}

function Cell({ words, rows, kind }: CellProps) {
  const format = useFormatter();
  return (
    <td className="num" data-label={words} data-kind={kind}>
      {rows === 0 && kind === 'part' ? <span className="zero">{format.number(0)}</span> : format.number(rows)}
    </td>
  );
}

const marks: Readonly<Record<Compared, IconName>> = {
  match: 'check',
  differs: 'stop',
  'could-not-check': 'unknown',
  'not-compared': 'todo',
};

/** Could not check and differs never look alike, and neither is a pass. */
function Result({ compared }: { readonly compared: Compared }) {
  const t = useTranslations('proof.rows.result');
  return (
    <span className={`res-${compared}`}>
      <Icon name={marks[compared]} small />
      <span className="res-words">{t(compared)}</span>
    </span>
  );
}
