/** Before the first move there is no run, no proof and nothing set aside: for whoever looks, a state like any other. */
import { MigrationError } from '../../engine/core/errors.ts';
import type { NothingYet } from '../shapes/told.ts';

export async function orNothingYet<Answer>(answer: Promise<Answer>): Promise<Answer | NothingYet> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof MigrationError) || error.code !== 'NO_RUN') throw error;
    return { words: 'No move has been started, so there is nothing to show yet.', data: null, choices: [] };
  }
}
