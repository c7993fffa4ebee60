/** The questions of the start, each with native radios. */
import { type ReactNode, useId } from 'react';
import { useTranslations } from 'use-intl';

interface OneOfProps {
  readonly legend: string;
  /** What is configured: the only answer there is. */
  readonly name: string;
  readonly children: ReactNode;
}

export function OneOf({ legend, name, children }: OneOfProps) {
  const group = useId();
  return (
    <fieldset>
      <legend className="small-title">{legend}</legend>
      <label className="choice">
        <input type="radio" name={group} checked readOnly />
        <span className="choice-text">
          <span className="choice-name">{name}</span>
          {children}
        </span>
      </label>
    </fieldset>
  );
}

interface HowMuchProps {
  readonly part: boolean;
  readonly change: (part: boolean) => void;
}

export function HowMuch({ part, change }: HowMuchProps) {
  const t = useTranslations('home.start');
  const group = useId();
  return (
    <fieldset>
      <legend className="small-title">{t('howMuch')}</legend>
      {(['everything', 'part'] as const).map((amount) => (
        <label className="choice" key={amount}>
          <input
            type="radio"
            name={group}
            checked={part === (amount === 'part')}
            onChange={() => change(amount === 'part')}
          />
          <span className="choice-text">
            <span className="choice-name">{t(amount)}</span>
            <span className="choice-why small">{t(`${amount}Why`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
