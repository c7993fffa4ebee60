/**
 * Mastra's own lines in our log: its words, shortened, and the few of its details that are names and numbers. Its messages
 * may quote inputs and answers, so nothing else of them is kept, and they are debug lines unless they are warnings.
 */
import { MastraLogger } from '@mastra/core/logger';
import type { Log } from '../engine/index.ts';

const keptDetails = [
  'agent',
  'agentName',
  'tool',
  'toolName',
  'workflowId',
  'runId',
  'stepId',
  'status',
  'id',
  'domain',
];
const longest = 160;

export function createMastraLog(log: Log): MastraLogger {
  const lines = log.child({ component: 'mastra' });
  return new (class extends MastraLogger {
    debug(message: string, ...args: unknown[]) {
      lines.debug('mastra.debug', detailsOf(message, args));
    }
    info(message: string, ...args: unknown[]) {
      lines.debug('mastra.info', detailsOf(message, args));
    }
    warn(message: string, ...args: unknown[]) {
      lines.warn('mastra.warning', detailsOf(message, args));
    }
    error(message: string, ...args: unknown[]) {
      lines.error('mastra.error', detailsOf(message, args));
    }
    override trackException(error: Error) {
      lines.error('mastra.exception', { ...detailsOf('', [error]), name: error.name });
    }
  })({ name: 'towpath' });
}

function detailsOf(message: string, args: readonly unknown[]): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const item of args) {
    if (item === null || typeof item !== 'object') continue;
    for (const key of keptDetails) {
      const value = (item as Record<string, unknown>)[key];
      if (typeof value === 'string' || typeof value === 'number') kept[key] = String(value).slice(0, 80);
    }
  }
  return { ...kept, message: firstSentence(message) };
}

/** What follows a colon or a line's end is where Mastra quotes. */
function firstSentence(message: string): string {
  return (String(message).split(/[:\n{]/)[0] ?? '').trim().slice(0, longest);
}
