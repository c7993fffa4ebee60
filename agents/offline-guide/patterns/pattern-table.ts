/** Rows of intent and phrasings; the first that fits wins, row by row. */
import type { Intent } from '../intent-names.ts';

export type PatternTable = readonly (readonly [Intent, readonly string[]])[];
