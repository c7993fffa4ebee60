/** What must hold whatever happened, asked of the two servers and not of Towpath. */
import pg from 'pg';
import type { PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import type { TargetContent } from '../scenarios/target-content.ts';
import type { ChangedRow } from './faults/source-changes.ts';
import type { Place } from './lane.ts';

const quote = (name: string) => pg.escapeIdentifier(name);
const tableOf = ({ target }: PlanEntity) => `${quote(target.schema)}.${quote(target.table)}`;

/** Entity → old keys that are moved or set aside. */
export async function readKeys(place: Place): Promise<Map<string, Set<string>>> {
  const rows = await place.query<{ entity: string; key: string }>(
    'target',
    `select entity, legacy_id as key from towpath.migration_mappings
     union select entity, legacy_id from towpath.quarantined_rows where state = 'held'`,
  );
  return new Map(
    [...Map.groupBy(rows, ({ entity }) => entity)].map(([entity, of]) => [
      entity,
      new Set(of.map(({ key }) => key)),
    ]),
  );
}

/** Mapping is a function and injective, each pair has its row and each row its pair, no row is twice, references are closed. */
export async function brokenInvariants(place: Place, plan: PlanFile): Promise<string[]> {
  const existing = new Set(
    (
      await place.query<{ name: string }>(
        'target',
        `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r'`,
      )
    ).map(({ name }) => name),
  );
  const unquoted = ({ target }: PlanEntity) => `${target.schema}.${target.table}`;
  const made = plan.entities.filter((entity) => existing.has(unquoted(entity)));
  const questions = [
    `select 'the mapping is no function' as what, count(*) as n from (select from towpath.migration_mappings group by entity, legacy_id having count(distinct new_id) > 1 or count(*) > 1) x`,
    `select 'the mapping is not injective', count(*) from (select from towpath.migration_mappings group by new_id having count(*) > 1) x`,
    ...made.flatMap((entity) => [
      `select 'rows of ${entity.name} are there twice', count(*) from (select from ${tableOf(entity)} group by id having count(*) > 1) x`,
      `select 'old rows of ${entity.name} are there twice', count(*) from (select from ${tableOf(entity)} where legacy_id is not null group by legacy_id having count(*) > 1) x`,
      `select 'rows of ${entity.name} without a pair, or pairs without a row', count(*) from ${tableOf(entity)} t
         full join (select new_id from towpath.migration_mappings where entity = ${pg.escapeLiteral(entity.name)}) m on m.new_id = t.id where t.id is null or m.new_id is null`,
      `select 'rows of ${entity.name} are both moved and set aside', count(*) from towpath.migration_mappings m
         join towpath.quarantined_rows q on q.entity = m.entity and q.legacy_id = m.legacy_id and q.state = 'held' where m.entity = ${pg.escapeLiteral(entity.name)}`,
      ...openReferences(entity, made),
    ]),
  ];
  const rows = await place.query<{ what: string; n: string }>('target', questions.join('\nunion all\n'));
  return rows.filter(({ n }) => n !== '0').map(({ what, n }) => `${what} (${n})`);
}

function openReferences(entity: PlanEntity, made: readonly PlanEntity[]): string[] {
  return entity.columns.flatMap((column) => {
    const [step] = transformsOf(column);
    const parent = step?.kind === 'reference' ? made.find(({ name }) => name === step.entity) : undefined;
    if (parent === undefined) return [];
    return [
      `select '${entity.name}.${column.to} points to nothing', count(*) from ${tableOf(entity)} c
         where ${quote(column.to)} is not null and not exists (select from ${tableOf(parent)} p where p.id = c.${quote(column.to)})`,
    ];
  });
}

/** For what changed in the source: whether the target, called verified, really holds it as the source has it now. */
export async function differencesOf(
  place: Place,
  plan: PlanFile,
  changed: readonly ChangedRow[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { entity: name, key } of changed) {
    const entity = plan.entities.find((one) => one.name === name)!;
    const { from, to } = plainText(entity);
    const { schema, table } = entity.source;
    const [old] = await place.query<{ value: string | null }>(
      'source',
      `select ${quote(from)} as value from ${quote(schema)}.${quote(table)} where ${quote(entity.key.columns[0]!)}::text = $1`,
      [key],
    );
    const [now] = await place.query<{ value: string | null }>(
      'target',
      `select ${quote(to)} as value from ${tableOf(entity)} where legacy_id::text = $1`,
      [key],
    );
    const [aside] = await place.query(
      'target',
      `select from towpath.quarantined_rows where entity = $1 and legacy_id = $2 and state = 'held'`,
      [name, key],
    );
    const same = (old?.value ?? null)?.trim() === (now?.value ?? null)?.trim();
    if (aside === undefined && ((old === undefined) !== (now === undefined) || !same))
      wrong.push(`verified, but ${name} ${key} differs`);
  }
  return wrong;
}

/** A text that is copied as it is. */
export function plainText(entity: PlanEntity): { readonly from: string; readonly to: string } {
  const column = entity.columns.find(
    (candidate) =>
      candidate.from !== undefined &&
      candidate.type === 'text' &&
      transformsOf(candidate).every(({ kind }) => kind === 'copy' || kind === 'trim'),
  );
  if (column?.from === undefined) throw new Error(`${entity.name} has no plain text`);
  return { from: column.from, to: column.to };
}

/** What differs between a target and that of an uninterrupted run, in a few lines. */
export function compareContent(found: TargetContent, whole: TargetContent): string[] {
  const lines: string[] = [];
  for (const part of ['tables', 'pairs'] as const)
    for (const name of new Set([...Object.keys(whole[part]), ...Object.keys(found[part])]))
      if (found[part][name] !== whole[part][name])
        lines.push(
          `${part} of ${name}: ${found[part][name] ?? 'none'} instead of ${whole[part][name] ?? 'none'}`,
        );
  for (const part of ['objects', 'quarantined', 'repaired', 'entities'] as const) {
    const [now, then] = [new Set(found[part]), new Set(whole[part])];
    lines.push(
      ...found[part].filter((line) => !then.has(line)).map((line) => `${part}: more: ${line.slice(0, 160)}`),
    );
    lines.push(
      ...whole[part]
        .filter((line) => !now.has(line))
        .map((line) => `${part}: missing: ${line.slice(0, 160)}`),
    );
    if (found[part].length !== whole[part].length)
      lines.push(`${part}: ${found[part].length} instead of ${whole[part].length}`);
  }
  return lines.slice(0, 12);
}
