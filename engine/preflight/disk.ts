/**
 * Will it fit? Free space cannot be asked over SQL. It is seen only where the target’s data folder is on this very
 * machine; elsewhere the figures are given and nothing is claimed.
 */
import { isLocalHost } from '../core/config.ts';
import { bytesInWords } from './bytes-in-words.ts';
import { type Check, fail, type PreflightContext, pass, type Verdict, warn } from './check.ts';
import { targetDiskSql } from './disk.sql.ts';
import { freeBytesOf } from './free-bytes.ts';

/**
 * Target bytes (rows, keys, indexes, mapping pairs) for one byte of source tables with their indexes: ids grow from 4 to
 * 16 bytes, every row gets its metadata and a mapping pair. Measured on the sample at scale 0.1: 1.85 (log: 1.5); rounded up.
 */
const GROWTH = 2.2;
/** Supabase: importing more than this times the present size at once is the documented way into read-only mode. */
const SAFE_IMPORT = 1.5;

interface TargetDisk {
  readonly databaseBytes: number;
  readonly maxWalBytes: number;
  /** Kept until somebody has read it: a replication slot, or archiving. */
  readonly walIsHeld: boolean;
  readonly dataFolder: string | null;
  readonly port: number;
}

interface Forecast {
  readonly data: number;
  readonly wal: number;
  readonly words: string;
}

export const disk: Check = {
  name: 'target-disk',
  needs: ['source', 'target'],
  async look(context) {
    const target = context.database('target');
    const [state] = await target.query<TargetDisk>(targetDiskSql());
    const forecast = await forecastOf(context, state!);
    const free = isLocalHost(target.config.host) ? freeBytesOf(state!.dataFolder, state!.port) : null;
    return free === null ? unknownSpace(forecast, state!) : knownSpace(forecast, free);
  },
};

async function forecastOf(context: PreflightContext, state: TargetDisk): Promise<Forecast> {
  const data = context.expectedBytes ?? (await sourceBytes(context)) * GROWTH;
  // Batches write each row once to the log as well; checkpoints recycle it unless somebody still has to read it.
  const wal = state.walIsHeld ? data : Math.min(data, state.maxWalBytes);
  return {
    data,
    wal,
    words: `about ${bytesInWords(data)} of data, keys and mappings and up to ${bytesInWords(wal)} of write-ahead log`,
  };
}

async function sourceBytes(context: PreflightContext): Promise<number> {
  const tables = await context.sourceTables();
  return tables.reduce((sum, table) => sum + table.bytes, 0);
}

function knownSpace({ data, wal, words }: Forecast, free: number): Verdict {
  const needed = data + wal;
  const message = `The run needs ${words}; ${bytesInWords(free)} are free on the target’s disk.`;
  if (free >= needed * SAFE_IMPORT) return pass(message);
  const remedy = 'Free or add disk space for the target before you start, or migrate in groups.';
  return free < needed ? fail(message, remedy) : warn(message, remedy);
}

function unknownSpace({ data, wal, words }: Forecast, { databaseBytes }: TargetDisk): Verdict {
  const grown = databaseBytes + data + wal;
  const large =
    data > databaseBytes * SAFE_IMPORT
      ? ' That is more than 1.5 times what is there, which on Supabase can end in read-only mode.'
      : '';
  return warn(
    `Free disk space cannot be seen from here, so this was not checked. The run needs ${words}; the target holds ${bytesInWords(databaseBytes)} now.${large}`,
    `See that the target’s disk has room for ${bytesInWords(grown)} in all; with Supabase enlarge it beforehand (free plan: 500 MB at most).`,
  );
}
