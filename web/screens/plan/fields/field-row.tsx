/** One field: where it comes from, what happens to it with one value as an example, how sure that is, and why. */
import { useTranslations } from 'use-intl';
import type { ColumnExample } from '../../../../server/shapes/plan.ts';
import { useFieldName } from './field-name.ts';
import { HowSure } from './how-sure.tsx';
import { useHappenings } from './use-happenings.ts';
import type { Column } from './what-happens.ts';

interface FieldRowProps {
  readonly column: Column;
  /** Number of the question that must be answered first. */
  readonly question: number | null;
  readonly example: ColumnExample | undefined;
  readonly mayChange: boolean;
  readonly open: () => void;
}

export function FieldRow({ column, question, example, mayChange, open }: FieldRowProps) {
  const t = useTranslations('plan.fields');
  const happens = useHappenings();
  const name = useFieldName()(column);
  return (
    <tr className={question === null ? undefined : 'is-waiting'}>
      <th scope="row">{name}</th>
      <td data-label={t('from')}>
        {column.from === null ? <span className="muted">{t('noSource')}</span> : <code>{column.from}</code>}
      </td>
      <td data-label={t('happens')}>
        {happens(column)}
        {example === undefined ? null : <Example example={example} />}
      </td>
      <td data-label={t('sure')}>
        <HowSure confidence={column.confidence} needsAnswer={question !== null} />
      </td>
      <td className="muted" data-label={t('why')} lang="en">
        {column.reason}
      </td>
      <td className="cols-do">
        <button type="button" className="btn btn--quiet" onClick={open}>
          {t(mayChange ? 'change' : 'look')}
          <span className="hide">: {name}</span>
        </button>
      </td>
    </tr>
  );
}

function Example({ example: { before, after, misfit } }: { readonly example: ColumnExample }) {
  const t = useTranslations('plan.fields');
  if (before === after)
    return <p className="example small muted">{t('exampleSame', { value: before ?? t('empty') })}</p>;
  return (
    <p className="example small muted">
      {before ?? t('empty')} <span aria-hidden="true">→</span>
      <span className="hide">{t('becomes')}</span> {misfit === null ? (after ?? t('empty')) : misfit}
    </p>
  );
}
