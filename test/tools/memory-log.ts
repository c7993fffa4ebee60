/** A log that keeps its lines. */
import type { Log, LogSource } from '../../engine/core/log.ts';
import { redact } from '../../engine/core/redaction.ts';

export interface LogLine {
  readonly level: string;
  readonly action: string;
  readonly component: string | undefined;
  readonly details: Record<string, unknown>;
}

export function createMemoryLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const make = (bound: LogSource): Log => {
    const write =
      (level: string) =>
      (action: string, details: Record<string, unknown> = {}, source: LogSource = {}) => {
        const { component } = { ...bound, ...source };
        lines.push({ level, action, component, details: redact(details) as Record<string, unknown> });
      };
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: (source) => make({ ...bound, ...source }),
      close() {},
    };
  };
  return { log: make({}), lines };
}
