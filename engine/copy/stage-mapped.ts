/** Rows named by their keys, mapped with all parents known, into a staging table of the caller's transaction. */
import { ByteWriter } from '../db/binary/byte-writer.ts';
import { fillByCopy } from '../db/copy-in.ts';
import type { Session } from '../db/database.ts';
import { RowMapper } from '../mapping/row-mapper.ts';
import { copyToTargetSql } from './copy-to-target.sql.ts';
import type { EntityLoad } from './entity-load.ts';
import { type MapResult, mapStream } from './map-stream.ts';
import { stagingSql } from './settle.sql.ts';
import { copyKeysSql } from './source-query.sql.ts';
import { textEncoder } from './text-format.ts';

export async function stageMapped(
  staging: string,
  { compiled, read, target: table }: EntityLoad,
  keys: readonly string[],
  { source, target }: { readonly source: Session; readonly target: Session },
): Promise<MapResult> {
  await target.query(stagingSql(staging, table, compiled.columns));
  const encode = compiled.wire === 'text' ? textEncoder(compiled.columns.length) : null;
  const stream = {
    compiled,
    mapper: new RowMapper(compiled, true),
    out: new ByteWriter(1 << 18),
    refused: new Map(),
    onRow: () => {},
  };
  return fillByCopy(target, copyToTargetSql({ schema: 'pg_temp', name: staging }, compiled), (write) =>
    mapStream(stream, read(source, copyKeysSql(compiled, keys)), (bytes) =>
      write(encode ? encode(bytes) : bytes),
    ),
  );
}
