/** The chosen entity, field by field. */
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../../server/shapes/migrations.ts';
import type { EntityView } from '../../../../server/shapes/plan.ts';
import { Icon } from '../../../parts/icon.tsx';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { possibleWishes } from '../change/wish.ts';
import { EngineerDetails } from './engineer-details.tsx';
import { useFieldName } from './field-name.ts';
import { isFound, orderedFields, questionOf, questionsAside } from './field-order.ts';
import { FieldRow } from './field-row.tsx';
import type { Column } from './what-happens.ts';

/** A table of hundreds of fields would push away what stands below it. What needs an answer is among the first. */
const MOST = 40;
/** Not worth a click. */
const FEW = 10;

interface FieldsCardProps {
  readonly id: MigrationId;
  readonly entity: EntityView['data'];
  readonly mayChange: boolean;
  /** A field that was looked for among all: it is shown, and the keyboard comes to it. */
  readonly find: string;
}

export function FieldsCard({ id, entity, mayChange, find }: FieldsCardProps) {
  const t = useTranslations('plan.fields');
  const [search, setSearch] = useState(find);
  const [opened, setOpened] = useState<string | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [isWhole, setWhole] = useState(false);
  const field = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (find !== '') heading.current?.focus();
  }, [find]);
  const { title, rows, columns, questions, examples, withoutExamples, leftOut, personal } = entity;
  const aside = questionsAside(entity);
  const wanted = search.trim();
  const all = orderedFields(entity).filter((column) => wanted === '' || isFound(column, wanted));
  const isLong = all.length > MOST + FEW;
  const shown = isLong && !isWhole ? all.slice(0, MOST) : all;
  const column = columns.find(({ to }) => to === opened);
  const nameOf = useFieldName();
  const tellChanged = (field: Column, approvalsLost: number) => {
    setTold(`${t('changed', { field: nameOf(field) })} ${t('lost', { count: approvalsLost })}`);
    setOpened(null);
  };
  return (
    <section className="card" aria-labelledby="h-fields">
      <div className="card-head order-head">
        <div>
          <h2 className="card-title" id="h-fields" ref={heading} tabIndex={-1}>
            {t('title', { title })}
          </h2>
          <p className="small muted">{t('subtitle', { rows, fields: columns.length })}</p>
        </div>
        <div className="search">
          <label className="hide" htmlFor={field}>
            {t('search')}
          </label>
          <input
            id={field}
            className="input"
            type="search"
            placeholder={t('search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <span className="small muted" role="status">
            {wanted === '' ? '' : t('found', { count: all.length, all: columns.length })}
          </span>
        </div>
      </div>
      <div role="status">
        {told === null ? null : (
          <p className="note note--pass">
            <Icon name="done" />
            <span>{told}</span>
          </p>
        )}
      </div>
      {aside.length > 0 ? (
        <p className="note note--waiting">
          <Icon name="flag" />
          <span>{t('questionAboutAll', { count: aside.length })}</span>
        </p>
      ) : null}
      {withoutExamples === null ? null : (
        <p className="note">
          <Icon name="unknown" />
          <span>{t('noExamples', { why: withoutExamples })}</span>
        </p>
      )}
      {shown.length === 0 ? (
        <p className="text muted">{t('nothingFound', { search: wanted })}</p>
      ) : (
        <table className="table cols">
          <caption className="hide">{t('title', { title })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('field')}</th>
              <th scope="col">{t('from')}</th>
              <th scope="col">{t('happens')}</th>
              <th scope="col">{t('sure')}</th>
              <th scope="col">{t('why')}</th>
              <th scope="col">
                <span className="hide">{t('do')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <FieldRow
                key={one.to}
                column={one}
                question={questionOf(one, questions)}
                example={examples[one.to]?.[0]}
                mayChange={mayChange && possibleWishes(one).length > 0}
                open={() => {
                  setTold(null);
                  setOpened(one.to);
                }}
              />
            ))}
          </tbody>
        </table>
      )}
      {isLong ? (
        <button
          type="button"
          className="btn btn--quiet cols-more"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {t(isWhole ? 'fewer' : 'more', { count: all.length - MOST })}
        </button>
      ) : null}
      {leftOut.length === 0 ? null : (
        <div className="left-fields">
          <h3 className="small-title">{t('leftOut', { count: leftOut.length })}</h3>
          <ul>
            {leftOut.map(({ column: name, reason }) => (
              <li key={name}>
                <code>{name}</code>{' '}
                <span className="muted" lang="en">
                  {reason}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {personal.length === 0 ? null : (
        <p className="card-foot">
          <span className="state small">
            <Icon name="hidden" small />
            {t('hidden')}
          </span>
        </p>
      )}
      <EngineerDetails entity={entity} />
      {column === undefined ? null : (
        <ChangeDialog
          id={id}
          entity={entity}
          column={column}
          mayChange={mayChange}
          close={() => setOpened(null)}
          changed={(approvalsLost) => tellChanged(column, approvalsLost)}
        />
      )}
    </section>
  );
}
