/** Personal values made unrecognisable, as much as the plan says. */

import { parseTimestamp } from '../../db/binary/date-time.ts';
import { normalizeEmail } from '../email.ts';
import { Misfit } from '../misfit.ts';
import { fakeText } from './fake.ts';
import { derivedKey } from './hash.ts';
import { createHexHmac } from './hmac.ts';
import { onText, type Step, type StepContext, type TransformOf } from './step.ts';

const REDACTED = '***';

export function maskStep(
  { style, with: instead, as }: TransformOf<'mask'>,
  { secret, target }: Pick<StepContext, 'secret' | 'target'>,
): Step {
  const draw = createHexHmac(derivedKey(secret, 'mask'));
  switch (style) {
    case 'redact':
      return onText(() => instead ?? REDACTED);
    case 'keep-domain':
      return onText((value) => keepDomain(value, draw));
    case 'fake':
      return onText((value) => fakeText(value, as ?? 'shape', draw(value)));
    case 'year-only':
      return onText((value) => yearOnly(value, /^(date|timestamp|timestamptz)$/.test(target.name)));
  }
}

/** The part before the @ becomes 16 hexadecimal digits, so that different people stay different. */
function keepDomain(value: string, draw: (text: string) => string): string | Misfit {
  const email = normalizeEmail(value);
  if (email === null) return new Misfit('malformed-value', 'not an e-mail address');
  const name = draw(email).slice(0, 16);
  return `${name}${email.slice(email.lastIndexOf('@'))}`;
}

function yearOnly(value: string, asDate: boolean): string | Misfit {
  const text = value.trim();
  const [, year, era = ''] = /^(\d{4,6})(?:-.*?)?( BC)?$/.exec(text) ?? [];
  if (year === undefined || (text.includes('-') ? parseTimestamp(text) === null : Number(year) === 0))
    return new Misfit('malformed-value', 'not a date');
  return `${year}${asDate ? '-01-01' : ''}${era}`;
}
