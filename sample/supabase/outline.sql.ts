/**
 * The outline of a Supabase project: roles, extensions schema, `auth` and `storage` as far as a migration meets them.
 * Column for column after the public migrations of the vendor's auth and storage servers; their own bookkeeping
 * (sessions, refresh tokens, one-time tokens, …) is left out. Every statement may run again.
 */

/** Roles belong to the whole server, so two databases may create them at once: "exists already" is not an error. */
const roles = `
do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('anon', 'nologin noinherit'),
      ('authenticated', 'nologin noinherit'),
      ('service_role', 'nologin noinherit bypassrls'),
      ('authenticator', 'login noinherit')
    ) as role (name, options)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      begin
        execute format('create role %I %s', wanted.name, wanted.options);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
  end loop;
  for wanted in
    select member.name from (values ('anon'), ('authenticated'), ('service_role')) as member (name)
    where not pg_has_role('authenticator', member.name, 'member')
  loop
    execute format('grant %I to authenticator', wanted.name);
  end loop;
end
$$`;

/** As on the platform: an anonymous visitor gets 3 seconds, a signed-in one 8. */
const roleTimeouts = `
do $$
begin
  if not exists (
    select from pg_db_role_setting join pg_roles on pg_roles.oid = setrole
    where rolname = 'anon' and setdatabase = 0
  ) then
    alter role anon set statement_timeout = '3s';
    alter role authenticated set statement_timeout = '8s';
    alter role authenticator set statement_timeout = '8s';
  end if;
end
$$`;

const extensions = `
do $$
declare
  wanted text;
begin
  create schema if not exists extensions;
  foreach wanted in array array['uuid-ossp', 'pgcrypto'] loop
    if exists (select from pg_available_extensions where name = wanted) then
      execute format('create extension if not exists %I with schema extensions', wanted);
    end if;
  end loop;
end
$$`;

const users = `
create table if not exists auth.users (
  instance_id uuid,
  id uuid not null primary key,
  aud varchar(255),
  role varchar(255),
  email varchar(255),
  encrypted_password varchar(255),
  email_confirmed_at timestamptz,
  invited_at timestamptz,
  confirmation_token varchar(255),
  confirmation_sent_at timestamptz,
  recovery_token varchar(255),
  recovery_sent_at timestamptz,
  email_change_token_new varchar(255),
  email_change varchar(255),
  email_change_sent_at timestamptz,
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb,
  raw_user_meta_data jsonb,
  is_super_admin boolean,
  created_at timestamptz,
  updated_at timestamptz,
  phone text default null unique,
  phone_confirmed_at timestamptz,
  phone_change text default '',
  phone_change_token varchar(255) default '',
  phone_change_sent_at timestamptz,
  confirmed_at timestamptz generated always as (least(email_confirmed_at, phone_confirmed_at)) stored,
  email_change_token_current varchar(255) default '',
  email_change_confirm_status smallint default 0 check (email_change_confirm_status between 0 and 2),
  banned_until timestamptz,
  reauthentication_token varchar(255) default '',
  reauthentication_sent_at timestamptz,
  is_sso_user boolean not null default false,
  deleted_at timestamptz,
  is_anonymous boolean not null default false
)`;

/** Token columns are unique unless they are empty or digits: '' may repeat, which is why '' and not null is stored. */
const userIndexes = [
  'create index if not exists users_instance_id_idx on auth.users (instance_id)',
  'create index if not exists users_instance_id_email_idx on auth.users (instance_id, lower(email))',
  'create index if not exists users_is_anonymous_idx on auth.users (is_anonymous)',
  'create unique index if not exists users_email_partial_key on auth.users (email) where is_sso_user = false',
  ...[
    'confirmation_token',
    'recovery_token',
    'email_change_token_current',
    'email_change_token_new',
    'reauthentication_token',
  ].map(
    (token) =>
      `create unique index if not exists ${token}_idx on auth.users (${token}) where ${token} !~ '^[0-9 ]*$'`,
  ),
];

const identities = `
create table if not exists auth.identities (
  provider_id text not null,
  user_id uuid not null references auth.users on delete cascade,
  identity_data jsonb not null,
  provider text not null,
  last_sign_in_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  email text generated always as (lower(identity_data ->> 'email')) stored,
  id uuid not null default gen_random_uuid() primary key,
  constraint identities_provider_id_provider_unique unique (provider_id, provider)
)`;

const identityIndexes = [
  'create index if not exists identities_user_id_idx on auth.identities (user_id)',
  'create index if not exists identities_email_idx on auth.identities (email text_pattern_ops)',
];

const claim = (name: string) => `coalesce(
    nullif(current_setting('request.jwt.claim.${name}', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> '${name}'
  )`;

const authFunctions = [
  `create or replace function auth.uid() returns uuid language sql stable as $$
  select ${claim('sub')}::uuid
$$`,
  `create or replace function auth.role() returns text language sql stable as $$
  select ${claim('role')}
$$`,
  `create or replace function auth.email() returns text language sql stable as $$
  select ${claim('email')}
$$`,
  `create or replace function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$`,
];

const buckets = `
create table if not exists storage.buckets (
  id text not null primary key,
  name text not null,
  owner uuid,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  public boolean default false,
  avif_autodetection boolean default false,
  file_size_limit bigint,
  allowed_mime_types text[],
  owner_id text
)`;

const objects = `
create table if not exists storage.objects (
  id uuid not null default gen_random_uuid() primary key,
  bucket_id text references storage.buckets,
  name text,
  owner uuid,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  last_accessed_at timestamptz default now(),
  metadata jsonb,
  path_tokens text[] generated always as (string_to_array(name, '/')) stored,
  version text,
  owner_id text,
  user_metadata jsonb
)`;

const storageIndexes = [
  'create unique index if not exists bname on storage.buckets (name)',
  'create unique index if not exists bucketid_objname on storage.objects (bucket_id, name)',
  'create index if not exists name_prefix_search on storage.objects (name text_pattern_ops)',
];

const rowLevelSecurity = ['auth.users', 'auth.identities', 'storage.buckets', 'storage.objects'].map(
  (table) => `alter table ${table} enable row level security`,
);

/** New tables in `public` are deliberately not granted to anybody: that is what the platform does now. */
const grants = [
  'grant usage on schema public, auth, storage, extensions to anon, authenticated, service_role',
  'grant execute on all functions in schema auth, extensions to anon, authenticated, service_role',
  'grant all on all tables in schema storage to anon, authenticated, service_role',
  'grant select, insert, update, delete on all tables in schema auth to service_role',
];

const publication = `
do $$
begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
end
$$`;

/** One statement each, in order. */
export const supabaseOutline: readonly string[] = [
  roles,
  roleTimeouts,
  extensions,
  'create schema if not exists auth',
  'create schema if not exists storage',
  users,
  ...userIndexes,
  identities,
  ...identityIndexes,
  ...authFunctions,
  buckets,
  objects,
  ...storageIndexes,
  ...rowLevelSecurity,
  ...grants,
  publication,
];
