/**
 * How well references are found that nobody declared: the declared ones of a real database are withheld from the search,
 * and what it finds is compared with them. What it finds beyond them counts as wrong, though some of it may be right.
 */
import { createConnectionConfig, parseDatabaseUrl } from '../../engine/core/connection-config.ts';
import { createDatabase } from '../../engine/db/database.ts';
import type { InferredReference } from '../../engine/schema/catalog.ts';
import { findInferred } from '../../engine/schema/find-inferred.ts';
import { readStructure } from '../../engine/schema/read-structure.ts';
import { displayName } from '../../engine/schema/table-key.ts';

export interface Measured {
  /** Declared keys of one column, those to tables of the old software itself left out. */
  readonly declared: number;
  readonly found: number;
  readonly right: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
}

type ForeignKey = Extract<InferredReference, { kind: 'foreign-key' }>;

/** References below this stay out of a plan (plan/entity-references.ts). */
const TAKEN_FROM = 0.5;

export async function measureInferred(url: string, least = TAKEN_FROM): Promise<Measured> {
  const source = createDatabase(createConnectionConfig(parseDatabaseUrl(url, 'URL')), 'source', {
    log: { warn: () => {} },
  });
  try {
    const structure = await source.transaction((session) => readStructure(session, undefined), {
      readOnly: true,
    });
    const real = structure.tables.filter(
      ({ table }) => ['table', 'partitioned'].includes(table.kind) && !table.housekeeping,
    );
    const own = new Set<string>(
      structure.tables.filter(({ table }) => table.housekeeping).map(({ table }) => displayName(table)),
    );
    const declared = new Map<string, string>(
      real.flatMap(({ table }) =>
        table.foreignKeys
          .filter(({ columns, references }) => columns.length === 1 && !own.has(displayName(references)))
          .map((key) => [`${displayName(table)}.${key.columns[0]}`, displayName(key.references)] as const),
      ),
    );
    const bare = structure.tables.map((item) => ({ ...item, table: { ...item.table, foreignKeys: [] } }));
    const { inferred } = await findInferred(source, bare, 2000, { sessions: 2, timeoutMs: 30_000 });
    const found = inferred.filter(
      (relation): relation is ForeignKey =>
        relation.kind === 'foreign-key' &&
        relation.confidence >= least &&
        !own.has(displayName(relation.references)),
    );
    const named = found.map((relation) => ({
      child: `${displayName(relation.table)}.${relation.column}`,
      parent: displayName(relation.references),
      relation,
    }));
    const right = named.filter(({ child, parent }) => declared.get(child) === parent);
    const seen = new Set(right.map(({ child }) => child));
    return {
      declared: declared.size,
      found: found.length,
      right: right.length,
      missed: [...declared]
        .filter(([child]) => !seen.has(child))
        .map(([child, parent]) => `${child} → ${parent}`),
      wrong: named
        .filter(({ child }) => !seen.has(child))
        .map(
          ({ child, parent, relation }) =>
            `${child} → ${parent} (${relation.confidence}: ${relation.reason})`,
        ),
    };
  } finally {
    await source.end();
  }
}
