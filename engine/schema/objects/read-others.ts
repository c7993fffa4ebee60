/** Types, counters, extensions and the rest of what stands beside the tables. */
import type { Session } from '../../db/database.ts';
import type { Catalog } from '../catalog.ts';
import type { Sequence } from '../catalog-objects.ts';
import {
  type ExtensionRow,
  extensionsSql,
  type OtherObjectRow,
  otherObjectsSql,
} from './other-objects.sql.ts';
import { type SequenceRow, sequencesSql } from './sequences.sql.ts';
import { type CompositeRow, type RangeRow, rangesSql } from './types.sql.ts';

/** What a catalog has besides tables, enums and domains. */
export type Others = Required<Pick<Catalog, 'composites' | 'ranges' | 'sequences' | 'extensions'>> & {
  readonly rest: readonly OtherObjectRow[];
};

export async function readOthers(
  reader: Pick<Session, 'query'>,
  version: number,
  inSchemas: unknown[],
  composites: readonly CompositeRow[],
): Promise<Others> {
  return {
    composites: composites.map(({ schema, name, fields }) => ({
      schema,
      name,
      fields: fields.map((field) => ({ name: field.name, type: field.type })),
    })),
    ranges: await reader.query<RangeRow>(rangesSql(version), inSchemas),
    sequences: (await reader.query<SequenceRow>(sequencesSql(), inSchemas)).map(sequenceOf),
    extensions: await reader.query<ExtensionRow>(extensionsSql()),
    rest: await reader.query<OtherObjectRow>(otherObjectsSql(), inSchemas),
  };
}

function sequenceOf(row: SequenceRow): Sequence {
  const { schema, name, type, start, increment, cycle } = row;
  const owner =
    row.owner_schema === null || row.owner_table === null || row.owner_column === null
      ? null
      : {
          schema: row.owner_schema,
          name: row.owner_table,
          column: row.owner_column,
          identity: row.identity ?? false,
        };
  return { schema, name, type, start, increment, cycle, lastValue: row.last_value, owner };
}
