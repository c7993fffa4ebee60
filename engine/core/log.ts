/**
 * The log: JSON lines in `<folder>/migration-YYYYMMDD.log` (days in UTC) with timestamp, level, component, entity, action,
 * correlationId, details. The folder appears with the first line. Everything passes redaction; written at once, so
 * that the last line before a kill is there. Rejected: a worker thread for writing, which loses exactly that line.
 * A log that cannot be written (full disk, no permission) never stops a migration: it falls silent.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DestinationStream, destination, pino } from 'pino';
import type { Clock } from './clock.ts';
import { redact } from './redaction.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogSource {
  readonly component?: string;
  readonly entity?: string;
}

type Write = (action: string, details?: Record<string, unknown>, source?: LogSource) => void;

export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  child(source: LogSource): Log;
  /** Closes the file; later lines open it again. Children share it. */
  close(): void;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Null: nothing is written. */
  readonly folder: string | null;
  readonly clock: Pick<Clock, 'now'>;
  readonly correlationId: string;
}

export function createLog({ level, folder, clock, correlationId }: LogOptions): Log {
  const file = folder === null ? null : createDailyFile(folder, clock);
  const lines = pino(
    {
      level: file === null ? 'silent' : level,
      base: null,
      timestamp: () => `,"timestamp":"${clock.now().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    file ?? { write() {} },
  );
  const withSource = (bound: LogSource): Log => {
    const writer =
      (method: 'debug' | 'info' | 'warn' | 'error'): Write =>
      (action, details = {}, source = {}) => {
        if (!lines.isLevelEnabled(method)) return;
        const { component = 'engine', entity = null } = { ...bound, ...source };
        lines[method]({ component, entity, action, correlationId, details: redact(details) });
      };
    return {
      debug: writer('debug'),
      info: writer('info'),
      warn: writer('warn'),
      error: writer('error'),
      child: (source) => withSource({ ...bound, ...source }),
      close: () => file?.close(),
    };
  };
  return withSource({});
}

/** A log for those who want none. */
export function createSilentLog(): Log {
  return createLog({ level: 'silent', folder: null, clock: { now: () => new Date(0) }, correlationId: '' });
}

interface DailyFile extends DestinationStream {
  close(): void;
}

function createDailyFile(folder: string, clock: Pick<Clock, 'now'>): DailyFile {
  let day = '';
  let current: LogFile | null = null;
  const close = () => {
    current?.end();
    current = null;
    day = '';
  };
  return {
    write(line) {
      const today = clock.now().toISOString().slice(0, 10).replaceAll('-', '');
      if (today !== day) {
        close();
        current = openFile(folder, `migration-${today}.log`);
        day = today;
      }
      current?.write(line);
    },
    close,
  };
}

type LogFile = ReturnType<typeof destination>;

function openFile(folder: string, name: string): LogFile | null {
  try {
    mkdirSync(folder, { recursive: true });
    const file = destination({ dest: join(folder, name), sync: true, append: true, mode: 0o600 });
    file.on('error', () => {});
    return file;
  } catch {
    return null;
  }
}
