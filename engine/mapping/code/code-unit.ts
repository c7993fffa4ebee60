/** A piece of code as it is handed to whoever runs it: its text, and in which forms values go in and come out. */
import type { CodeUnit } from '../../contract/code.ts';
import { notRead, type PlannedCode } from '../../plan/code-units.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';
import type { Table } from '../../schema/catalog.ts';
import { parseSqlType } from '../sql-type.ts';
import { readAs, writeAs } from './value-forms.ts';

/** Of a checked plan. @throws MigrationError CODE_NOT_READ */
export function codeUnit(
  entity: Pick<PlanEntity, 'name' | 'columns'>,
  table: Pick<Table, 'columns'>,
  code: PlannedCode,
): CodeUnit {
  const { source, reads, writes } = code;
  if (source === null) throw notRead(entity.name, code);
  return {
    source,
    reads,
    writes,
    readAs: reads.map((name) => readAs(table.columns.find((column) => column.name === name)!.type)),
    writeAs: writes.map((name) =>
      writeAs(parseSqlType(entity.columns.find((column) => column.to === name)!.type)),
    ),
    context: { entity: entity.name },
  };
}
