/**
 * A few rows as the old system has them beside what the new one holds, read now. Personal values are masked; of entities
 * whose key is a text none is shown, because the key itself could be somebody's name.
 */
import type { Engine } from '../../engine/contract/contract.ts';
import type { ExplainedColumn } from '../../engine/contract/explain.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { shownText } from '../../engine/core/shown-text.ts';
import type { PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import { entityWords } from '../../engine/report/words.ts';
import type { ProvenSample } from '../shapes/proof.ts';

export interface SampleQuestion {
  readonly engine: Pick<Engine, 'movedKeys' | 'explainRow'>;
  readonly plan: PlanFile;
  readonly runId: string;
}

const ENTITIES = 5;

export async function provenSamples({ engine, plan, runId }: SampleQuestion): Promise<ProvenSample[]> {
  const samples = await Promise.all(
    chosen(plan).map(async (entity) => {
      const [key] = await engine.movedKeys(plan.migration, entity.name, 1);
      return key === undefined ? null : sampleOf(engine, entity, { runId, key });
    }),
  );
  return samples.filter((sample) => sample !== null);
}

/** Money first, then what is most. */
function chosen({ entities }: PlanFile): PlanEntity[] {
  return entities
    .filter(({ key }) => key.kind === 'integer' || key.kind === 'uuid')
    .sort((a, b) => Number(b.financial) - Number(a.financial) || b.estimatedRows - a.estimatedRows)
    .slice(0, ENTITIES);
}

/** Null where the row cannot be read at the moment. */
async function sampleOf(
  engine: SampleQuestion['engine'],
  entity: PlanEntity,
  { runId, key }: { readonly runId: string; readonly key: string },
): Promise<ProvenSample | null> {
  try {
    const row = await engine.explainRow({ entity: entity.name, id: key, values: 'masked', runId });
    const isShown = shownColumns(entity);
    return {
      entity: entity.name,
      title: entityWords(entity.name),
      legacyId: shownText(row.legacyId, 60),
      fields: row.columns
        .filter(({ column }) => isShown.has(column))
        .map((column) => ({
          column: shownText(column.column, 70),
          before: shown(before(column, row.source)),
          after: shown(column.held),
        })),
    };
  } catch (error) {
    if (error instanceof MigrationError) return null;
    throw error;
  }
}

/** The notes of a row hold everything else, which is too much to be shown. */
function shownColumns({ columns }: PlanEntity): ReadonlySet<string> {
  const told = columns.filter(
    (column) => !['metadata', 'json', 'code'].includes(transformsOf(column)[0]!.kind),
  );
  return new Set(told.map(({ to }) => to));
}

function before(
  { from }: ExplainedColumn,
  source: Readonly<Record<string, string | null>> | null,
): string | null {
  return from === null || source === null ? null : (source[from] ?? null);
}

function shown(value: string | null): string | null {
  return value === null ? null : shownText(value, 80);
}
