/**
 * Telephone numbers in their international form (ITU-T E.164): +4930123456. Read by Google's rules of each country's
 * numbers; nothing is guessed out of a longer text, and an extension, which E.164 has no place for, is never lost unasked.
 */
import type { CountryCode } from 'libphonenumber-js/max';
import { phoneNumbers } from '../../plan/phone-numbers.ts';
import { Misfit } from '../misfit.ts';
import { onText, type Step, type TransformOf } from './step.ts';

export function phoneStep({ country, check, extension, otherwise }: TransformOf<'phone'>): Step {
  const options = {
    extract: false,
    ...(country === undefined ? {} : { defaultCountry: country as CountryCode }),
  };
  const { parsePhoneNumberFromString } = phoneNumbers();
  const unread = (value: string, why: string) =>
    otherwise === 'keep' ? value : new Misfit('malformed-value', why);
  return onText((value) => {
    const number = parsePhoneNumberFromString(value.trim(), options);
    if (number === undefined || !(check === 'valid' ? number.isValid() : number.isPossible()))
      return unread(value, 'not a telephone number');
    if (!number.ext) return number.number;
    if (extension === 'misfit')
      return unread(value, 'a telephone number with an extension, which the form has no place for');
    return extension === 'keep' ? `${number.number};ext=${number.ext}` : number.number;
  });
}
