/**
 * The record of what left for a model: one JSON line before each request, one after it, in `.towpath/egress.jsonl`. It
 * holds names, sizes and a hash, never a value. The line before is a promise: where it cannot be written, nothing is sent.
 */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { notRecorded } from './model-errors.ts';

const sent = z.object({
  kind: z.literal('sent'),
  id: z.string(),
  at: z.string(),
  conversation: z.string().nullable(),
  agent: z.string(),
  model: z.string(),
  /** Host and port of the endpoint. */
  host: z.string(),
  api: z.enum(['responses', 'chat']),
  /** From 1; more than 1: the same question again after a failure. */
  attempt: z.number(),
  bytes: z.number(),
  /** Of the body as sent. */
  sha256: z.string(),
  fields: z.array(z.string()),
  /** Values that the second defence took out. */
  masked: z.number(),
});
export type EgressSent = z.infer<typeof sent>;

const answered = z.object({
  kind: z.literal('answered'),
  id: z.string(),
  at: z.string(),
  /** `ok`, or the code of the error. */
  outcome: z.string(),
  inputTokens: z.number(),
  outputTokens: z.number(),
});
export type EgressAnswered = z.infer<typeof answered>;

/** A request with its outcome; `outcome` null: none was written, so the process ended first. */
export type EgressEntry = Omit<EgressSent, 'kind'> & {
  readonly outcome: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
};

export interface EgressRecord {
  readonly file: string;
  /** Throws EGRESS_NOT_RECORDED. */
  beforeSending(line: Omit<EgressSent, 'kind'>): Promise<void>;
  /** Throws as the file system does; the request is over by then. */
  afterwards(line: Omit<EgressAnswered, 'kind'>): Promise<void>;
  /** Oldest first. */
  read(): Promise<EgressEntry[]>;
}

export function createEgressRecord(file: string): EgressRecord {
  const append = async (line: EgressSent | EgressAnswered): Promise<void> => {
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, `${JSON.stringify(line)}\n`, { mode: 0o600, flush: true });
  };
  return {
    file,
    async beforeSending(line) {
      try {
        await append({ kind: 'sent', ...line });
      } catch {
        throw notRecorded(file);
      }
    },
    afterwards: (line) => append({ kind: 'answered', ...line }),
    read: () => readEgress(file),
  };
}

/** Empty where there is no file. A line that was cut short by a kill is left out. */
export async function readEgress(file: string): Promise<EgressEntry[]> {
  const entries = new Map<string, EgressEntry>();
  for (const line of await linesOf(file)) {
    const request = sent.safeParse(line);
    if (request.success) {
      const { kind: _, ...rest } = request.data;
      entries.set(rest.id, { ...rest, outcome: null, inputTokens: null, outputTokens: null });
      continue;
    }
    const answer = answered.safeParse(line);
    const entry = answer.success ? entries.get(answer.data.id) : undefined;
    if (!answer.success || entry === undefined) continue;
    const { outcome, inputTokens, outputTokens } = answer.data;
    entries.set(entry.id, { ...entry, outcome, inputTokens, outputTokens });
  }
  return [...entries.values()];
}

async function linesOf(file: string): Promise<unknown[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}
