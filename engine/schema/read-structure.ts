/** The structural part of a catalog: one round trip per question, all in one snapshot, whatever the number of tables. */
import { MigrationError } from '../core/errors.ts';
import type { Session } from '../db/database.ts';
import { assembleTables, byTable, type MeasuredTable, type TableParts } from './assemble-tables.ts';
import type { DomainType, EnumType, ServerFacts } from './catalog.ts';
import { type CheckRow, checksSql } from './checks.sql.ts';
import { type ColumnTypeRow, columnTypesSql } from './column-types.sql.ts';
import { type ColumnRow, columnsSql } from './columns.sql.ts';
import { type DomainRow, domainsSql } from './domains.sql.ts';
import { type EnumRow, enumsSql } from './enums.sql.ts';
import { type ForeignKeyRow, foreignKeysSql } from './foreign-keys.sql.ts';
import { type IndexRow, indexesSql } from './indexes.sql.ts';
import { createJsonForms } from './json-forms.ts';
import { type KeyRow, keysSql } from './keys.sql.ts';
import { type Others, readOthers } from './objects/read-others.ts';
import {
  type GrantRow,
  grantsSql,
  type PolicyRow,
  policiesSql,
  type RuleRow,
  rulesSql,
  type TriggerRow,
  triggersSql,
  type ViewRow,
  viewsSql,
} from './objects/table-objects.sql.ts';
import { type CompositeRow, compositesSql } from './objects/types.sql.ts';
import { type ServerRow, schemasSql, serverSql } from './server.sql.ts';
import { type TableRow, tablesSql } from './tables.sql.ts';

export interface Structure {
  readonly server: ServerFacts;
  readonly takenAt: string;
  readonly schemas: readonly string[];
  readonly tables: readonly MeasuredTable[];
  readonly enums: readonly EnumType[];
  readonly domains: readonly DomainType[];
  readonly others: Others;
}

/** Towpath's own schemas, which hold nothing to move. */
const OURS = /^towpath/;

export type Reader = Pick<Session, 'query'>;

/** Reads the structure of the given schemas, or of all that are not the server's own. */
export async function readStructure(
  reader: Reader,
  wanted: readonly string[] | undefined,
): Promise<Structure> {
  const [server] = await reader.query<ServerRow>(serverSql());
  if (!server) throw new Error('the server did not answer what it is');
  const known = (await reader.query<{ name: string }>(schemasSql())).map((row) => row.name);
  const all = wanted === undefined || wanted.length === 0;
  const schemas = all ? known.filter((name) => !OURS.test(name)) : wanted;
  refuseUnknown(schemas, known, server.database);
  const inSchemas = [[...schemas]];
  const version = server.version_num;
  const rows = await reader.query<TableRow>(tablesSql(), inSchemas);
  const enums = await reader.query<EnumRow>(enumsSql(), inSchemas);
  const domains = (await reader.query<DomainRow>(domainsSql(), inSchemas)).map(domainOf);
  const composites = await reader.query<CompositeRow>(compositesSql(), inSchemas);
  const parts = await readParts(reader, version, inSchemas);
  return {
    server: {
      database: server.database,
      versionNum: server.version_num,
      encoding: server.encoding,
      timeZone: server.time_zone,
      collation: server.collation,
    },
    takenAt: server.taken_at,
    schemas: [...schemas],
    tables: assembleTables(rows, parts, createJsonForms(composites, enums, domains)),
    enums,
    domains,
    others: await readOthers(reader, version, inSchemas, composites),
  };
}

async function readParts(reader: Reader, version: number, inSchemas: unknown[]): Promise<TableParts> {
  const read = async <T extends { table_oid: string }>(sql: string) =>
    byTable(await reader.query<T>(sql, inSchemas));
  return {
    columns: await read<ColumnRow>(columnsSql(version)),
    types: new Map(
      (await reader.query<ColumnTypeRow>(columnTypesSql(), inSchemas)).map((row) => [row.oid, row]),
    ),
    keys: await read<KeyRow>(keysSql(version)),
    foreignKeys: await read<ForeignKeyRow>(foreignKeysSql(version)),
    checks: await read<CheckRow>(checksSql(version)),
    indexes: await read<IndexRow>(indexesSql(version)),
    triggers: await read<TriggerRow>(triggersSql(version)),
    rules: await read<RuleRow>(rulesSql()),
    policies: await read<PolicyRow>(policiesSql()),
    grants: await read<GrantRow>(grantsSql()),
    views: await read<ViewRow>(viewsSql()),
  };
}

function domainOf(row: DomainRow): DomainType {
  const { schema, name, checks } = row;
  return { schema, name, baseType: row.base_type, notNull: row.not_null, checks };
}

/** A schema that is not there, or may not be looked into, would make an empty and seemingly finished migration. */
function refuseUnknown(wanted: readonly string[], known: readonly string[], database: string): void {
  const missing = wanted.filter((name) => !known.includes(name));
  if (missing.length === 0) return;
  throw new MigrationError({
    code: 'UNKNOWN_SCHEMA',
    message: `The database ${database} has no schema ${missing.join(', ')} that this user may look into.`,
    hint: `Choose from: ${known.join(', ') || 'none; ask for the usage privilege'}.`,
  });
}
