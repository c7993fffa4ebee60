/** Rows: expected = source − left out by the plan − set aside − rows that are the same record as another, exactly. */
import { type Checked, type EntityCheck, type EntityChecker, rowsText, verdict } from '../entity-check.ts';
import { countRowsSql } from './record-count.sql.ts';

const TYPE = 'record-count';

export const recordCount: EntityChecker = {
  name: TYPE,
  types: ['completeness'],
  applies: () => true,
  async run(context) {
    const sql = countRowsSql(context.ownRows);
    const compared = await context.comparison();
    if (compared)
      return judgeRecordCount(context, { source: compared.rows.read, target: compared.actualRows }, sql);
    const [source] = await context.source.query<{ rows: string }>(countRowsSql(context.compiled.from));
    const [target] = await context.target.query<{ rows: string }>(sql);
    return judgeRecordCount(context, { source: Number(source!.rows), target: Number(target!.rows) }, sql);
  },
};

export function judgeRecordCount(
  {
    entity,
    excludedRows,
    setAside,
    leftAlone = [],
    duplicates = [],
  }: Pick<EntityCheck, 'entity' | 'excludedRows' | 'setAside'> &
    Partial<Pick<EntityCheck, 'leftAlone' | 'duplicates'>>,
  rows: { readonly source: number; readonly target: number },
  sql: string,
): Checked {
  const expected = rows.source - setAside.length - leftAlone.length - duplicates.length;
  const ok = expected === rows.target;
  const made = [
    `${rows.source + excludedRows} in the source`,
    `${excludedRows} left out by the plan`,
    `${setAside.length} set aside`,
    ...(leftAlone.length === 0
      ? []
      : [`${leftAlone.length} that the target held before and keeps as they are`]),
    ...(duplicates.length === 0
      ? []
      : [`${duplicates.length} that are the same record as another and lead to its row`]),
  ].join(' − ');
  const message = ok
    ? `${rowsText(rows.target)}, as expected: ${made}.`
    : `${rowsText(expected)} expected (${made}), ${rows.target} found.`;
  const check = verdict({
    type: TYPE,
    ok,
    expected: String(expected),
    actual: String(rows.target),
    message,
    sql,
  });
  if (ok) return { check, findings: [] };
  const finding = {
    kind: 'count',
    severity: 'critical',
    entity: entity.name,
    check: TYPE,
    expected: String(expected),
    actual: String(rows.target),
    message: `${entity.name}: ${message}`,
  } as const;
  return { check, findings: [finding] };
}
