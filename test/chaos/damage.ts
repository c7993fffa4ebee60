/** Damages a finished target in one place, past all guards. Validation must say so. */
import { quoteIdentifier, quoteLiteral } from '../../engine/db/quote.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import { connectTo } from './chaos-server.ts';
import type { Place } from './lane.ts';
import type { Draws } from './random.ts';
import type { Damage } from './schedule.ts';
import { tableOf } from './table-of.ts';

/** In words, what was damaged. */
export async function damageTarget(
  place: Place,
  plan: PlanFile,
  damage: Damage,
  draws: Draws,
): Promise<string> {
  const session = await connectTo(place.lane.servers.target.url(place.databases.target));
  try {
    await session.query('set session_replication_role = replica');
    for (let tries = 0; tries < 200; tries++) {
      const statement = statementFor(damage, draws.one(plan.entities), draws);
      if (statement === null) continue;
      // a check or a unique index may refuse it: then another place is tried
      const { rowCount } = await session.query(statement).catch(() => ({ rowCount: 0 }));
      if ((rowCount ?? 0) > 0) return statement.replaceAll(/\s+/g, ' ');
    }
    throw new Error(`nothing was found to damage by ${damage}`);
  } finally {
    await session.end();
  }
}

function statementFor(damage: Damage, entity: PlanEntity, draws: Draws): string | null {
  const table = tableOf(entity);
  const some = (where = 'true') =>
    `(select id from ${table} where ${where} order by md5(id::text || '${draws.whole(1, 9_999)}') limit 1)`;
  const name = quoteLiteral(entity.name);
  switch (damage) {
    case 'changed-value': {
      const column = draws.one(entity.columns);
      const other = otherValue(column);
      const at = quoteIdentifier(column.to);
      return other && `update ${table} set ${at} = ${other} where id = ${some(`${at} is not null`)}`;
    }
    case 'deleted-row':
      return `delete from ${table} where id = ${some()}`;
    case 'swapped-reference': {
      const references = entity.columns.filter((column) => transformsOf(column)[0]?.kind === 'reference');
      if (references.length === 0) return null;
      const at = quoteIdentifier(draws.one(references).to);
      return `with one as (select id, ${at} as was from ${table} where id = ${some(`${at} is not null`)}),
        other as (select t.id, t.${at} as was from ${table} t, one where t.${at} is not null and t.${at} <> one.was limit 1),
        pair as (select one.id, other.was from one, other union all select other.id, one.was from one, other)
        update ${table} t set ${at} = pair.was from pair where pair.id = t.id`;
    }
    // with keys of its own, which no index refuses
    case 'doubled-row':
      return `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'legacy_id', -1))).* from ${table} t where id = ${some()}`;
    case 'lost-pair':
      return `delete from towpath.mapping_pairs where new_id = ${some()}`;
    case 'forgotten-quarantine':
      return `delete from towpath.quarantined_rows where id = (select id from towpath.quarantined_rows
        where entity = ${name} and state = 'held' order by md5(id::text || '${draws.whole(1, 9_999)}') limit 1)`;
  }
}

/** Another value of the same type; null for columns that do not come from the source. */
function otherValue({ to, type, from }: PlanColumn): string | null {
  const at = quoteIdentifier(to);
  if (to === 'metadata') return `${at} || '{"damaged": true}'`;
  if (from === undefined || to === 'id') return null;
  if (/^(text|varchar|character varying)/.test(type)) return `${at} || 'x'`;
  if (/^(int|smallint|bigint|numeric|decimal|double|real|float)/.test(type)) return `${at} + 1`;
  if (/^bool/.test(type)) return `not ${at}`;
  if (/^(timestamp|date)/.test(type)) return `${at} + interval '1 day'`;
  return /^jsonb$/.test(type) ? `jsonb_build_array(${at})` : null;
}
