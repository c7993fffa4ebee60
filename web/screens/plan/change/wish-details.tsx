/** What a wish needs to know besides. */
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import type { Column } from '../fields/what-happens.ts';
import { codesText, type Way, type Wish, ways } from './wish.ts';

interface WishDetailsProps {
  readonly column: Column;
  readonly sources: readonly string[];
  readonly wish: Wish;
  readonly set: (wish: Wish) => void;
}

const misfits = ['quarantine', 'null', 'placeholder', 'default'] as const;
const missings = ['quarantine', 'null'] as const;
const detailed: readonly Way[] = ['timeZone', 'money', 'phone', 'boolean'];

export function WishDetails({ column, sources, wish, set }: WishDetailsProps) {
  const t = useTranslations('plan.change');
  switch (wish.kind) {
    case 'value':
      return <ValueDetails column={column} wish={wish} set={set} />;
    case 'source':
      return (
        <Select
          label={t('newSource')}
          value={wish.from}
          options={sources.map((name) => [name, name])}
          choose={(from) => set({ ...wish, from })}
        />
      );
    case 'misfit':
      return (
        <Select
          label={t('newMisfit')}
          value={wish.misfit}
          options={misfits.map((one) => [one, t(`misfits.${one}`)])}
          choose={(misfit) => set({ ...wish, misfit })}
        />
      );
    case 'missing':
      return (
        <Select
          label={t('newMissing')}
          value={wish.missing}
          options={missings.map((one) => [one, t(`missings.${one}`)])}
          choose={(missing) => set({ ...wish, missing })}
        />
      );
    case 'rename':
      return <Field label={t('newName')} value={wish.name} write={(name) => set({ ...wish, name })} />;
    case 'accept':
    case 'notes':
      return <p className="text muted change-detail">{t(`${wish.kind}Text`)}</p>;
    default:
      return null;
  }
}

function firstDetail(way: Way, column: Column): string {
  if (way === 'money') return '2';
  return way === 'choice' ? codesText(column) : '';
}

function ValueDetails({ column, wish, set }: Omit<WishDetailsProps, 'sources'>) {
  const t = useTranslations('plan.change');
  const codes = useId();
  const { way, detail, no } = wish;
  return (
    <>
      <Select
        label={t('newValue')}
        value={way}
        options={ways.map((one) => [one, t(`way.${one}`)])}
        choose={(next) => set({ ...wish, way: next, detail: firstDetail(next, column), no: '' })}
      />
      {detailed.includes(way) ? (
        <Field
          label={t(`detail.${way as 'timeZone'}`)}
          value={detail}
          write={(text) => set({ ...wish, detail: text })}
        />
      ) : null}
      {way === 'boolean' ? (
        <Field label={t('detail.no')} value={no} write={(text) => set({ ...wish, no: text })} />
      ) : null}
      {way === 'choice' ? (
        <div className="field change-detail">
          <label className="label" htmlFor={codes}>
            {t('detail.choice')}
          </label>
          <textarea
            id={codes}
            className="input"
            rows={4}
            value={detail}
            onChange={(event) => set({ ...wish, detail: event.target.value })}
          />
        </div>
      ) : null}
    </>
  );
}

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly choose: (value: Value) => void;
}

function Select<Value extends string>({ label, value, options, choose }: SelectProps<Value>) {
  const id = useId();
  return (
    <div className="field change-detail">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="input"
        value={value}
        onChange={(event) => choose(event.target.value as Value)}
      >
        {options.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly write: (text: string) => void;
}

function Field({ label, value, write }: FieldProps) {
  const id = useId();
  return (
    <div className="field change-detail">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input"
        maxLength={300}
        autoComplete="off"
        value={value}
        onChange={(event) => write(event.target.value)}
      />
    </div>
  );
}
