/**
 * Google's rules of telephone numbers. Reading them takes 0.3 s, so only a plan that has telephone numbers waits for them.
 */
import { createRequire } from 'node:module';
import type * as PhoneNumbers from 'libphonenumber-js/max';

export function phoneNumbers(): Pick<
  typeof PhoneNumbers,
  'isSupportedCountry' | 'parsePhoneNumberFromString'
> {
  return createRequire(import.meta.url)('libphonenumber-js/max');
}
