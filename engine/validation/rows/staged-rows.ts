/**
 * Expected rows in a temporary table with the target's own column types: what the target makes of them when nothing else
 * interferes – no trigger, no default, no older value. Gone with the transaction.
 */

import { copyToTargetSql } from '../../copy/copy-to-target.sql.ts';
import { stagingSql } from '../../copy/settle.sql.ts';
import { textEncoder } from '../../copy/text-format.ts';
import { ByteWriter } from '../../db/binary/byte-writer.ts';
import { COPY_HEADER, COPY_TRAILER } from '../../db/binary/copy-format.ts';
import { fillByCopy } from '../../db/copy-in.ts';
import type { Session } from '../../db/database.ts';
import type { TableName } from '../../schema/catalog.ts';
import { type ExpectedRows, type ExpectedSource, readExpectedRows } from './expected-rows.ts';

const NAME = 'towpath_expected';
const FLUSH_BYTES = 1 << 17;
/** The staging table as SQL. */
export const STAGED = `pg_temp.${NAME}`;

export interface StagedSource extends ExpectedSource {
  readonly table: TableName;
  readonly target: Session;
}

/** Fills the staging table; the caller's transaction is open. */
export async function stageExpected(input: StagedSource): Promise<ExpectedRows> {
  const { compiled, target } = input;
  await target.query(stagingSql(NAME, input.table, compiled.columns));
  const encode = compiled.wire === 'text' ? textEncoder(compiled.columns.length) : null;
  const pending = new ByteWriter(FLUSH_BYTES * 2);
  return fillByCopy(target, copyToTargetSql({ schema: 'pg_temp', name: NAME }, compiled), async (write) => {
    const flush = async (least: number) => {
      if (pending.position < least) return;
      const bytes = pending.bytes.subarray(0, pending.position);
      await write(encode ? encode(bytes) : bytes);
      pending.position = 0;
    };
    pending.raw(COPY_HEADER, 0, COPY_HEADER.length);
    const visit = (bytes: Buffer, start: number, end: number) => {
      pending.ensure(end - start);
      pending.raw(bytes, start, end);
    };
    const rows = await readExpectedRows(input, visit, () => flush(FLUSH_BYTES));
    pending.ensure(2);
    pending.raw(COPY_TRAILER, 0, 2);
    await flush(0);
    return rows;
  });
}

export async function dropStaged(target: Session): Promise<void> {
  await target.query(`drop table ${STAGED}`);
}
