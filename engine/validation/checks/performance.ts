/** What makes the target answer quickly: statistics, whole indexes, an index under every reference. */
import type { Finding } from '../../core/findings.ts';
import { quoteIdentifier, quoteTable } from '../../db/quote.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { type Checked, type EntityCheck, type EntityChecker, verdict } from '../entity-check.ts';

export const statistics: EntityChecker = {
  name: 'statistics',
  types: ['performance'],
  applies: () => true,
  run: async (context) =>
    judge(
      context,
      'statistics',
      'The server has statistics of the table.',
      context.facts.analyzed
        ? []
        : [
            {
              what: 'has no statistics yet, so queries may be planned badly',
              fix: `analyze ${quoteTable(context.table)}`,
            },
          ],
    ),
};

export const indexValidity: EntityChecker = {
  name: 'index-validity',
  types: ['performance', 'integrity'],
  applies: () => true,
  async run(context) {
    const broken = context.facts.indexes.filter((index) => !index.valid);
    const problems = broken.map(({ name }) => ({
      what: `has the index ${name}, which is not complete`,
      fix: `reindex index ${quoteIdentifier(context.table.schema)}.${quoteIdentifier(name)}`,
    }));
    return judge(
      context,
      'index-validity',
      `${context.facts.indexes.length} indexes, all complete.`,
      problems,
    );
  },
};

export const referenceIndex: EntityChecker = {
  name: 'reference-index',
  types: ['performance'],
  applies: (entity) => referenceColumns(entity).length > 0,
  async run(context) {
    const { entity, facts, table } = context;
    const covered = new Set(
      facts.indexes.filter((index) => index.valid && !index.partial).map((index) => index.columns[0]),
    );
    const problems = referenceColumns(entity)
      .filter((column) => !covered.has(column))
      .map((column) => ({
        column,
        what: `has no index on its reference ${column}`,
        fix: `create index on ${quoteTable(table)} (${quoteIdentifier(column)})`,
      }));
    return judge(context, 'reference-index', 'Every reference has an index.', problems);
  },
};

function referenceColumns(entity: PlanEntity): string[] {
  return entity.columns
    .filter((column) => {
      const list = transformsOf(column);
      return list.some((step) => step.kind === 'reference' || step.kind === 'polymorphic');
    })
    .map((column) => column.to);
}

interface Problem {
  readonly column?: string;
  readonly what: string;
  readonly fix: string;
}

function judge({ entity }: EntityCheck, type: string, good: string, problems: readonly Problem[]): Checked {
  const findings = problems.map(
    ({ column, what, fix }): Finding => ({
      kind: 'readiness',
      severity: 'minor',
      entity: entity.name,
      check: type,
      ...(column === undefined ? {} : { column }),
      fix,
      message: `${entity.name}: the table ${what}.`,
    }),
  );
  const message = problems.length === 0 ? good : findings.map((finding) => finding.message).join(' ');
  return { check: verdict({ type, ok: problems.length === 0, message }), findings };
}
