/**
 * What stands beside the scratch schemas before and after: structure, rights, settings and rows of the target's other schemas,
 * Towpath's own control schema among them, and of the source its structure and settings.
 *
 * Promise: it only reads, and no more than a bounded number of bytes; of larger tables, and of those that the user may not read,
 * the server's counters of writes are compared, and that is told. Where others work on the target at the same time, rows that changed
 * prove nothing either way, and the answer is that it is not clear.
 */
import type { ChaosReport } from '../../contract/chaos.ts';
import type { Database, Session } from '../../db/database.ts';
import { countersSql, othersSql, rowsSql, settingsSql, structureSql, tablesSql } from './surroundings.sql.ts';

export interface Surroundings {
  /** Compares what stands there now with what stood there at the beginning. */
  compare(): Promise<ChaosReport['outside']>;
}

interface Picture {
  readonly structure: ReadonlyMap<string, string>;
  readonly rows: ReadonlyMap<string, string>;
  readonly byCounters: number;
  readonly others: boolean;
}

/** Tables are read from the smallest on, until so much has been read. */
const MOST_BYTES = 256 * 1024 * 1024;

const SAME = { target: 'unchanged', source: 'unchanged' } as const;

export async function lookAround(
  { source, target }: { readonly source: Database; readonly target: Database },
  scratch: string,
): Promise<Surroundings> {
  const look = async () => ({
    target: await picture(target, scratch, true),
    source: await picture(source, scratch, false),
  });
  const before = await look();
  return {
    async compare() {
      const after = await look();
      const changes: string[] = [];
      const answers = { ...SAME } as {
        -readonly [K in keyof typeof SAME]: 'unchanged' | 'changed' | 'unclear';
      };
      for (const side of ['target', 'source'] as const) {
        const ofStructure = differences(before[side].structure, after[side].structure);
        const ofRows = differences(before[side].rows, after[side].rows);
        changes.push(...[...ofStructure, ...ofRows].map((name) => `${side}: ${name}`));
        const shared = before[side].others || after[side].others;
        if (ofStructure.length + ofRows.length > 0) answers[side] = shared ? 'unclear' : 'changed';
      }
      return { ...answers, changes, notLookedAt: notLookedAt(after.target) };
    },
  };
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}

function notLookedAt({ byCounters }: Picture): string[] {
  if (byCounters === 0) return [];
  return [
    `Of ${byCounters} of the tables of the new database only the server's counters of writes were compared: too large to be read here, or not permitted.`,
  ];
}

async function picture(database: Database, scratch: string, withRows: boolean): Promise<Picture> {
  const session = await database.session({ readOnly: true, purpose: 'rehearsal' });
  try {
    const lines = [
      ...(await session.query<Line>(structureSql, [scratch])),
      ...(await session.query<Line>(settingsSql)),
    ];
    const structure = new Map(lines.map(({ name, fingerprint }) => [name, fingerprint]));
    const [activity] = await session.query<{ others: number }>(othersSql);
    const rows = withRows
      ? await readRows(session, scratch)
      : { rows: new Map<string, string>(), byCounters: 0 };
    return { structure, ...rows, others: activity!.others > 0 };
  } finally {
    await session.release();
  }
}

interface Line {
  readonly name: string;
  readonly fingerprint: string;
}

async function readRows(session: Session, scratch: string): Promise<Pick<Picture, 'rows' | 'byCounters'>> {
  const tables = await session.query<{ schema: string; name: string; bytes: number }>(tablesSql, [scratch]);
  const rows = new Map<string, string>();
  let byCounters = 0;
  let bytes = 0;
  for (const table of tables) {
    bytes += table.bytes;
    const exact = bytes <= MOST_BYTES ? await oneOf(session, rowsSql(table), []) : null;
    if (exact === null) byCounters++;
    const found = exact ?? (await oneOf(session, countersSql, [table.schema, table.name])) ?? '';
    rows.set(`${table.schema}.${table.name}`, found);
  }
  return { rows, byCounters };
}

/** Null where it may not be read, or is gone. */
async function oneOf(session: Session, sql: string, values: readonly unknown[]): Promise<string | null> {
  const found = await session.query<Line>(sql, values).catch(() => []);
  return found[0]?.fingerprint ?? null;
}
