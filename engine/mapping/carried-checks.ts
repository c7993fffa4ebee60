/**
 * Checks of the source that the target can keep: those of the table, and those of the domains its columns have, which the
 * target does not have itself. Only what any server understands is carried over, and only for columns whose values stay
 * what they are, so no row is set aside for it; rules that old rows were never checked for are not.
 */
import { quoteIdentifier } from '../db/quote.ts';
import { cutName } from '../plan/identifier.ts';
import type { PlanColumn, PlanEntity } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { CheckConstraint, ColumnType, DomainType, Table, TableName } from '../schema/catalog.ts';

type Checks = PlanEntity['checks'];

export function carriedChecks(
  entity: Pick<PlanEntity, 'name' | 'columns'>,
  table: Table,
  domains: readonly DomainType[],
): Checks {
  return [
    ...table.checks.flatMap((check) => {
      const expression = ofTable(check, entity.columns);
      return expression === null ? [] : [{ name: cutName(check.name), expression }];
    }),
    ...entity.columns.filter(staysSame).flatMap((column) => {
      const type = table.columns.find(({ name }) => name === column.from)?.type;
      return ofDomains(type, domains).map((expression, i) => ({
        name: cutName(`${entity.name}_${column.to}`, i === 0 ? '_rule' : `_rule_${i + 1}`),
        expression: withColumn(expression, quoteIdentifier(column.to)),
      }));
    }),
  ];
}

/** A source check whose columns keep name, type and value; null for every other. */
function ofTable(check: CheckConstraint, columns: readonly PlanColumn[]): string | null {
  if (!check.columns || check.columns.length === 0) return null;
  const same = check.columns.every((name) =>
    columns.some((column) => column.from === name && column.to === name && staysSame(column)),
  );
  return same ? understood(check.definition) : null;
}

function staysSame(column: PlanColumn): boolean {
  return column.from !== undefined && column.to !== 'legacy_id' && transformsOf(column)[0]!.kind === 'copy';
}

/** Of the domain and of those under it. */
function ofDomains(type: ColumnType | undefined, domains: readonly DomainType[]): string[] {
  if (type?.kind !== 'domain') return [];
  let at = domains.find((item) => item.schema === type.schema && item.name === type.name);
  const found: string[] = [];
  for (let depth = 0; at && depth < 20; depth++) {
    found.push(...at.checks.flatMap((definition) => understood(definition) ?? []));
    const { baseType } = at;
    at = domains.find((item) => isNamed(item, baseType));
  }
  return found;
}

/** Whether `format_type` means this type; it quotes odd names and leaves out a schema on the search path. */
function isNamed(item: TableName, printed: string): boolean {
  const plain = printed.replaceAll('"', '');
  return plain === item.name || plain === `${item.schema}.${item.name}`;
}

/** Functions that a carried check may call; any other might not exist in the target. */
const HARMLESS = new Set('length char_length btrim lower upper coalesce and or not in any array'.split(' '));
/** A type of somebody's own, which the target does not have. */
const OWN_TYPE = /::\s*("|\w+\.)/;

/** The expression, where every server can read it. */
function understood(definition: string): string | null {
  const match = /^CHECK \((.*)\)$/s.exec(definition);
  if (!match) return null;
  const calls = [...match[1]!.matchAll(/([\w.]+|")\s*\(/g)].map((call) => call[1]!.toLowerCase());
  return calls.every((name) => HARMLESS.has(name)) && !OWN_TYPE.test(match[1]!) ? match[1]! : null;
}

/** `VALUE` of a domain's rule is the column; not where it stands in a text. */
function withColumn(expression: string, column: string): string {
  return expression
    .split(/('(?:[^']|'')*')/)
    .map((part, i) => (i % 2 === 0 ? part.replace(/\bVALUE\b/g, () => column) : part))
    .join('');
}
