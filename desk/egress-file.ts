/** One record for all that leaves from this folder, whatever the conversation was about. */
import { join } from 'node:path';
import type { Surroundings } from './surroundings.ts';

export function egressFile({ path }: Pick<Surroundings, 'path'>): string {
  return path(join('.towpath', 'egress.jsonl'));
}
