/** Differences that were found, and the story of a single row. Values show their form only. */
import { z } from 'zod';
import { findingFacts, rowFacts } from '../../engine/contract/facts.ts';
import { told } from './told.ts';

export type Finding = z.infer<typeof findingFacts>;

export const findings = told(z.array(findingFacts));
export type Findings = z.infer<typeof findings>;

export const rowStory = told(rowFacts);
export type RowStory = z.infer<typeof rowStory>;
