/** Maps rows named by their keys, with all parents known: for looking only, or handing the bytes on. */
import type { EntityLoad } from '../../copy/entity-load.ts';
import { type MapResult, mapStream } from '../../copy/map-stream.ts';
import { copyKeysSql } from '../../copy/source-query.sql.ts';
import { ByteWriter } from '../../db/binary/byte-writer.ts';
import type { Session } from '../../db/database.ts';
import { RowMapper } from '../../mapping/row-mapper.ts';

/** Keys a statement: each reads the table once. */
const CHUNK = 5000;

export interface MappedRows {
  /** Gets whole streams of COPY, one a chunk; valid until its promise resolves. */
  readonly write?: (bytes: Buffer, chunk: number) => Promise<void>;
  /** Called behind each row that fits, with its id and key still in place. */
  readonly onRow?: (mapper: RowMapper, out: ByteWriter, start: number) => void;
}

export async function mapKeys(
  load: EntityLoad,
  keys: readonly string[],
  source: Session,
  { write, onRow }: MappedRows = {},
): Promise<Pick<MapResult, 'rejects' | 'repairs' | 'rowsWritten'>> {
  const rejects: MapResult['rejects'][number][] = [];
  const repairs: MapResult['repairs'][number][] = [];
  let rowsWritten = 0;
  for (let i = 0; i < keys.length; i += CHUNK) {
    const mapper = new RowMapper(load.compiled, true);
    const out = new ByteWriter(1 << 16);
    const stream = {
      compiled: load.compiled,
      mapper,
      out,
      refused: new Map(),
      onRow: (start: number) => onRow?.(mapper, out, start),
    };
    const sql = copyKeysSql(load.compiled, keys.slice(i, i + CHUNK));
    const result = await mapStream(stream, load.read(source, sql), async (bytes) =>
      write?.(bytes, i / CHUNK),
    );
    rejects.push(...result.rejects);
    repairs.push(...result.repairs);
    rowsWritten += result.rowsWritten;
  }
  return { rejects, repairs, rowsWritten };
}
