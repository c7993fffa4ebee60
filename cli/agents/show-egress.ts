/** What was sent to a language model from this folder: when, by which agent, where to, how much, which fields. No values. */
import { type EgressEntry, readEgress } from '../../agents/model/egress-record.ts';
import { egressFile } from '../../desk/egress-file.ts';
import { countOf, formatBytes, formatCount } from '../../engine/report/words.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { formatTable, plainText } from '../text/table.ts';
import { usageError } from '../usage-error.ts';

export async function showEgress(context: Context, since: string | null): Promise<ExitCode> {
  const { output, world } = context;
  const from = since === null ? null : momentOf(since, world.clock.now());
  const all = await readEgress(egressFile(context));
  const entries = all.filter((entry) => from === null || Date.parse(entry.at) >= from);
  const total = totalOf(entries);
  output.result({
    status: 'success',
    since: from === null ? null : new Date(from).toISOString(),
    total,
    requests: entries,
  });
  if (entries.length === 0) {
    const { modelKey, modelBaseUrl } = await context.config();
    output.say(
      `Nothing was sent to a model${from === null ? '' : ' in this time'}.`,
      modelKey === null && modelBaseUrl === null
        ? 'No model is configured: the offline guide speaks, and nothing leaves this machine.'
        : 'A model is configured; each request to it will stand here.',
    );
    return exitCode.done;
  }
  output.say(
    ...formatTable(
      ['time', 'agent', 'model', 'host', 'bytes', 'tokens in', 'tokens out', 'outcome', 'masked', 'fields'],
      entries.map(rowOf),
    ),
    '',
    `${countOf(total.requests, 'request')}, ${formatBytes(total.bytes)}, ${formatCount(total.inputTokens)} tokens in and ${formatCount(total.outputTokens)} out. Fields are names of what was sent; no values are recorded. Masked: values taken out before sending.`,
  );
  return exitCode.done;
}

function rowOf(entry: EgressEntry): string[] {
  return [
    entry.at.replace('T', ' ').slice(0, 19),
    entry.agent,
    plainText(entry.model, 40),
    plainText(entry.host, 40),
    formatCount(entry.bytes),
    entry.inputTokens === null ? '–' : formatCount(entry.inputTokens),
    entry.outputTokens === null ? '–' : formatCount(entry.outputTokens),
    entry.outcome ?? 'no answer',
    formatCount(entry.masked),
    plainText(entry.fields.join(', '), 80),
  ];
}

function totalOf(entries: readonly EgressEntry[]) {
  const sum = (pick: (entry: EgressEntry) => number) => entries.reduce((all, entry) => all + pick(entry), 0);
  return {
    requests: entries.length,
    bytes: sum((entry) => entry.bytes),
    inputTokens: sum((entry) => entry.inputTokens ?? 0),
    outputTokens: sum((entry) => entry.outputTokens ?? 0),
  };
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A day, a moment, or how long ago: 30m, 2h, 7d. */
export function momentOf(text: string, now: Date): number {
  const ago = /^(\d+)([mhd])$/.exec(text);
  if (ago !== null) return now.getTime() - Number(ago[1]) * units[ago[2]!]!;
  const moment = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$/.test(text)
    ? Date.parse(
        /[T ]/.test(text) && !text.endsWith('Z') ? `${text.replace(' ', 'T')}Z` : text.replace(' ', 'T'),
      )
    : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  throw usageError(
    `“${text}” is no time.`,
    'Give a day or moment (UTC) such as 2026-11-21 or 2026-11-21T10:30, or how long ago: 30m, 2h, 7d.',
  );
}
