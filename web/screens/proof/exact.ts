/**
 * Amounts of money as they are written, digit for digit. They come as text and stay text: a number of JavaScript would
 * round some of them. Only the signs around the digits follow the reader's language.
 */
export interface Signs {
  readonly decimal: string;
  /** Groups the digits before the decimal sign; exact for any length. */
  readonly whole: (digits: bigint) => string;
}

export function signsOf(locale: string): Signs {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(1.1);
  const whole = new Intl.NumberFormat(locale, { numberingSystem: 'latn' });
  return {
    decimal: parts.find(({ type }) => type === 'decimal')?.value ?? '.',
    whole: (digits) => whole.format(digits),
  };
}

/** What is not an amount is shown as it is. */
export function exactly(amount: string, { decimal, whole }: Signs): string {
  const [, minus, digits, fraction] = /^([-−]?)(\d+)(?:\.(\d+))?$/.exec(amount.trim()) ?? [];
  if (digits === undefined) return amount;
  const sign = minus === '' || minus === undefined ? '' : '−';
  return `${sign}${whole(BigInt(digits))}${fraction === undefined ? '' : `${decimal}${fraction}`}`;
}

export function isNothing(amount: string): boolean {
  return /^[-−]?0+(\.0+)?$/.test(amount.trim());
}
