/**
 * Property tests draw the same cases on every machine, so that a run that was green here is green elsewhere. New cases are
 * drawn with TOWPATH_TEST_SEED=random (or a number, to see a failure again).
 */
import fc from 'fast-check';

const USUAL = 20_261_121;
const asked = process.env.TOWPATH_TEST_SEED;

if (asked !== 'random') {
  const seed = asked === undefined || asked === '' ? USUAL : Number(asked);
  if (!Number.isSafeInteger(seed)) throw new Error('TOWPATH_TEST_SEED is a whole number, or “random”.');
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
}
