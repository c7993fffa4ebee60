/** Can both databases be reached, and may what must be done be done there: in words, with the remedy. Nothing is written. */
import { z } from 'zod';
import { checkFacts } from '../../engine/contract/facts.ts';
import { told } from './told.ts';

export type Check = z.infer<typeof checkFacts>;

export const connections = told(z.array(checkFacts));
export type Connections = z.infer<typeof connections>;
