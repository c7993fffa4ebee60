/**
 * Rows of an entity by two plans, side by side: how many that were moved by the one would come out otherwise by the other.
 * Reads the source only, in ranges of keys, so memory does not grow with the table (a table without a key is one range).
 * Values are compared as text, so that a column may be read in another way: at worst a form that means the same counts as
 * a difference, and then the retry is refused rather than the row left as it is.
 */
import { createHash } from 'node:crypto';
import type { EntityLoad } from '../../copy/entity-load.ts';
import { type KeysetRange, WHOLE_TABLE } from '../../copy/keyset-range.ts';
import { mapStream } from '../../copy/map-stream.ts';
import { boundarySql, copyRangeSql } from '../../copy/source-query.sql.ts';
import { ByteWriter } from '../../db/binary/byte-writer.ts';
import type { Session } from '../../db/database.ts';
import { RowMapper } from '../../mapping/row-mapper.ts';

const ROWS = 20_000;

export interface RowDifferences {
  /** Rows that would hold other values, or not be there. */
  readonly otherwise: number;
  /** Rows that the old plan leaves out and the new one does not. */
  readonly added: number;
}

export interface TwoPlans {
  /** Both compiled for text. */
  readonly old: EntityLoad;
  readonly now: EntityLoad;
  /** Rows that are set aside: they may come out otherwise. */
  readonly held: { has(key: string): boolean };
  readonly source: Session;
}

export async function compareRows({ old, now, held, source }: TwoPlans): Promise<RowDifferences> {
  let otherwise = 0;
  let added = 0;
  for await (const range of ranges(old, now, source)) {
    const before = await digests(old, range, source);
    const after = await digests(now, range, source);
    for (const [key, digest] of before)
      if (digest !== null && !held.has(key) && after.get(key) !== digest) otherwise++;
    for (const key of after.keys()) if (!before.has(key) && !held.has(key)) added++;
  }
  return { otherwise, added };
}

/** By both plans together: a filter may leave out the last rows of either. */
async function* ranges(old: EntityLoad, now: EntityLoad, source: Session): AsyncGenerator<KeysetRange> {
  const { compiled } = old;
  if (compiled.keyset.length === 0) {
    yield WHOLE_TABLE;
    return;
  }
  for (let after: KeysetRange['after'] = null; ; ) {
    const sql: string = boundarySql(compiled, after, ROWS);
    const [row]: Record<string, string>[] = await source.query<Record<string, string>>(sql);
    const upTo: string[] | null = row ? now.compiled.keyset.map((_, i) => row[`k${i}`]!) : null;
    yield { after, upTo };
    if (upTo === null) return;
    after = upTo;
  }
}

/** Key → digest of the mapped row by column; null where it does not fit. */
async function digests(
  { compiled, read }: EntityLoad,
  range: KeysetRange,
  source: Session,
): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  const mapper = new RowMapper(compiled, true);
  const out = new ByteWriter(1 << 16);
  const order = compiled.columns.map((name, i) => ({ name, i })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const onRow = (start: number) => {
    if (mapper.isDuplicate()) {
      // nothing of it is written, so what stands there is another's
      found.set(mapper.ids.keyText(), `same record as ${mapper.ids.id.join(' ')}`);
      return;
    }
    const fields = fieldsOf(out, start);
    const hash = createHash('sha1');
    for (const { i } of order) hash.update(fields[i] === null ? '\u0000' : `\u0001${fields[i]}`);
    found.set(mapper.ids.keyText(), hash.digest('base64'));
  };
  const stream = { compiled, mapper, out, refused: new Map(), onRow };
  const { rejects } = await mapStream(stream, read(source, copyRangeSql(compiled, range)), async () => {});
  for (const { key } of rejects) found.set(key, null);
  return found;
}

/** The texts of the row that begins there, in COPY's binary frame. */
export function fieldsOf({ bytes }: ByteWriter, start: number): (string | null)[] {
  const fields: (string | null)[] = [];
  let at = start + 2;
  for (let left = bytes.readInt16BE(start); left > 0; left--) {
    const length = bytes.readInt32BE(at);
    at += 4;
    fields.push(length < 0 ? null : bytes.toString('utf8', at, at + length));
    at += Math.max(0, length);
  }
  return fields;
}
