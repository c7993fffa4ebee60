/** Moves tables by their plan through the real mapper and COPY, without ledger and batches: what mapping alone does. */
import { randomUUID } from 'node:crypto';
import { copyToTargetSql } from '../../../engine/copy/copy-to-target.sql.ts';
import { WHOLE_TABLE } from '../../../engine/copy/keyset-range.ts';
import { mapStream, type Reject, type RepairedRow } from '../../../engine/copy/map-stream.ts';
import { createPreparation } from '../../../engine/copy/prepare.ts';
import { copyRangeSql } from '../../../engine/copy/source-query.sql.ts';
import { textEncoder } from '../../../engine/copy/text-format.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { ByteWriter } from '../../../engine/db/binary/byte-writer.ts';
import { copyIn } from '../../../engine/db/copy-in.ts';
import { copyOut } from '../../../engine/db/copy-out.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { RowMapper } from '../../../engine/mapping/row-mapper.ts';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { uuidBytes } from '../../../engine/mapping/uuid-v5.ts';
import { checkPlan } from '../../../engine/plan/check-plan.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { targetTables } from '../../../engine/plan/target-schema.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import type { TestDatabase } from '../../helpers/test-database.ts';

export interface MovedTables {
  readonly plan: PlanFile;
  /** Entity → how its rows travelled. */
  readonly wires: ReadonlyMap<string, 'binary' | 'text'>;
  readonly rejects: readonly (Reject & { readonly entity: string })[];
  readonly repairs: readonly (RepairedRow & { readonly entity: string })[];
}

/** Throws where the plan, after `change`, has errors. */
export async function moveTables(
  from: TestDatabase,
  to: TestDatabase,
  change: (plan: PlanFile) => PlanFile = (plan) => plan,
): Promise<MovedTables> {
  const log = createSilentLog();
  const [source, target] = [
    createDatabase(from.connection, 'source', { log, readOnly: true }),
    createDatabase(to.connection, 'target', { log }),
  ];
  try {
    const catalog = await introspect(source);
    const plan = change(createPlan(catalog, { migration: 'moved' }));
    const errors = checkPlan(plan, catalog).filter((finding) => finding.severity === 'error');
    if (errors.length > 0) throw new Error(errors.map((finding) => finding.message).join(' '));
    const [reading, writing] = [await source.session(), await target.session()];
    try {
      const nowhere = { schema: '', name: '' };
      const preparation = createPreparation({
        plan,
        catalog,
        runId: 'none',
        namespace: uuidBytes(randomUUID()),
        source: reading,
        ledger: { register: async () => ({ entityNo: 0, pairsTable: nowhere }), readKeys: async () => {} },
      });
      const moved = {
        plan,
        wires: new Map<string, 'binary' | 'text'>(),
        rejects: [] as MovedTables['rejects'][number][],
        repairs: [] as MovedTables['repairs'][number][],
      };
      for (const table of targetTables(plan)) {
        await writing.query(table.create.sql);
        const { compiled, keys } = await preparation.prepare(table.entity);
        const mapper = new RowMapper(compiled, false);
        const sink = copyIn(writing, copyToTargetSql(table.table, compiled));
        const encode = compiled.wire === 'text' ? textEncoder(compiled.columns.length) : null;
        const done: string[] = [];
        const stream = {
          compiled,
          mapper,
          out: new ByteWriter(1 << 16),
          refused: new Map(),
          onRow: () => done.push(mapper.ids.keyText()),
        };
        const result = await mapStream(
          stream,
          copyOut(reading, copyRangeSql(compiled, WHOLE_TABLE)),
          (bytes) => sink.write(encode ? encode(bytes) : bytes),
        );
        await sink.end();
        for (const key of done) keys.add(key);
        moved.wires.set(table.entity, compiled.wire);
        const { entity } = table;
        moved.rejects.push(...result.rejects.map((item) => ({ ...item, entity })));
        moved.repairs.push(...result.repairs.map((item) => ({ ...item, entity })));
      }
      return moved;
    } finally {
      await reading.release();
      await writing.release();
    }
  } finally {
    await source.end();
    await target.end();
  }
}
