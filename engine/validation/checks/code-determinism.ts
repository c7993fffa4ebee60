/**
 * Code: the same row gives the same answer. Rows that the comparison found different in what code wrote go through it twice
 * more; where there are none, a sample does. Values that change by themselves are the code's fault and not the move's.
 */
import { findUnsteady } from '../../copy/code/same-answers.ts';
import { sampleCellsSql } from '../../copy/code/sample-cells.sql.ts';
import type { Finding } from '../../core/findings.ts';
import type { CompiledCode } from '../../mapping/compiled-entity.ts';
import { codeOf } from '../../plan/code-units.ts';
import { type Checked, type EntityCheck, type EntityChecker, rowsText, verdict } from '../entity-check.ts';

const TYPE = 'code-determinism';
const TRIED_ROWS = 500;

export const codeDeterminism: EntityChecker = {
  name: TYPE,
  types: ['accuracy'],
  applies: (entity) => codeOf(entity).length > 0,
  async run(context): Promise<Checked> {
    const findings: Finding[] = [];
    let tried = 0;
    for (const code of context.compiled.code) {
      const rows = await rowsToTry(context, code);
      tried += rows.length;
      const finding = await tryTwice(context, code, rows);
      if (finding) findings.push(finding);
    }
    const ok = findings.length === 0;
    const message = ok
      ? `${rowsText(tried)} went through the code twice, each with the same answer.`
      : findings.map((finding) => finding.message).join(' ');
    return { check: verdict({ type: TYPE, ok, message }), findings };
  },
};

async function rowsToTry(
  { compiled, comparison, source }: EntityCheck,
  { unit, fields }: CompiledCode,
): Promise<(string | null)[][]> {
  const differing =
    (await comparison())?.mismatching.filter(({ column }) => unit.writes.includes(column)) ?? [];
  const keys = [...new Set(differing.flatMap(({ key }) => key ?? []))].slice(0, TRIED_ROWS);
  const reads = fields.map((field) => compiled.select[field]!);
  const byKey = keys.length > 0 ? compiled.keyText : null;
  const sql = sampleCellsSql(compiled.from, reads, TRIED_ROWS, byKey);
  const rows = await source.query<{ cells: (string | null)[] }>(sql, byKey === null ? [] : [keys]);
  return rows.map(({ cells }) => cells);
}

async function tryTwice(
  { entity, runners }: EntityCheck,
  { unit, name }: CompiledCode,
  rows: readonly (readonly (string | null)[])[],
): Promise<Finding | null> {
  const found = await findUnsteady(runners!, unit, { entity: entity.name, name }, rows);
  if (!found) return null;
  const [column] = found.columns;
  return {
    kind: 'mismatching',
    severity: 'critical',
    entity: entity.name,
    check: TYPE,
    ...(column === undefined ? {} : { column }),
    expected: String(found.rows),
    actual: String(found.rows - found.differing),
    message: `${entity.name}: ${name} answers differently for the same row (${found.differing} of ${found.rows} tried twice), so what it wrote cannot be proved.`,
  };
}
