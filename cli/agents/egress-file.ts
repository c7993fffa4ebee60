/** One record for all that leaves from this folder, whatever the conversation was about. */
import { join } from 'node:path';
import type { Context } from '../command.ts';

export function egressFile(context: Pick<Context, 'path'>): string {
  return context.path(join('.towpath', 'egress.jsonl'));
}
