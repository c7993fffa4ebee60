import { isoTime } from './columns.sql.ts';

const columns = `hash, kind, content, parent_hash as "parentHash", ${isoTime('created_at')} as "createdAt"`;

export const putArtifactSql = `insert into towpath.artifacts (hash, kind, content, parent_hash)
  values ($1, $2, $3::jsonb, $4) on conflict (hash) do nothing`;

export const getArtifactSql = `select ${columns} from towpath.artifacts where hash = $1`;

/** $1 kind, $2 parent or null */
export const latestArtifactSql = `select ${columns} from towpath.artifacts
  where kind = $1 and ($2::text is null or parent_hash = $2) order by created_at desc limit 1`;

/** What a run was made from stays, and what that was made from. */
export const deleteArtifactsSql = `with recursive needed as (
    select hash, parent_hash from towpath.artifacts
    where hash in (select plan_hash from towpath.migration_control union select plan_hash from towpath.approvals)
    union
    select parent.hash, parent.parent_hash from towpath.artifacts as parent join needed on parent.hash = needed.parent_hash
  )
  delete from towpath.artifacts where created_at < clock_timestamp() - make_interval(days => $1)
    and hash not in (select hash from needed) returning hash`;
