/** Tables that every Django database has and nobody wants to move. Content types are read for generic relations. */
import type { Area } from './area.ts';

const tables = /* sql */ `
create table django_migrations (
  id serial not null,
  app varchar(255) not null,
  name varchar(255) not null,
  applied timestamp not null
);

create table django_content_type (
  id serial not null,
  app_label varchar(100) not null,
  model varchar(100) not null
);

create table django_session (
  session_key varchar(40) not null,
  session_data text not null,
  expire_date timestamp not null
);

create table django_admin_log (
  id serial not null,
  action_time timestamp not null,
  object_id text,
  object_repr varchar(200) not null,
  action_flag smallint not null,
  change_message text not null,
  content_type_id integer,
  user_id integer not null,
  constraint django_admin_log_action_flag_check check (action_flag >= 0)
);

create table auth_group (
  id serial not null,
  name varchar(150) not null
);

create table auth_permission (
  id serial not null,
  name varchar(255) not null,
  content_type_id integer not null,
  codename varchar(100) not null
);

create table auth_user_groups (
  id serial not null,
  user_id integer not null,
  group_id integer not null
);
`;

/**
 * Models in the order in which their migrations first ran, which is not the alphabet:
 * order is 8, task is 12, case is 23. Many-to-many tables that Django makes by itself have no content type.
 */
const contentTypes = `
admin.logentry auth.permission auth.group auth.user contenttypes.contenttype sessions.session
dispatch.office dispatch.order dispatch.doctor dispatch.role dispatch.technician dispatch.task
dispatch.category dispatch.template dispatch.product dispatch.bracket dispatch.patient dispatch.file
dispatch.message dispatch.jaw dispatch.project dispatch.treatmentplan dispatch.case dispatch.casestate
dispatch.orderstate dispatch.patientdoctoroffice dispatch.rolepermission dispatch.teamcommunication dispatch.casefile
dispatch.orderfile dispatch.messageattachment dispatch.casemessage dispatch.comment dispatch.systemmessage
dispatch.templateproduct dispatch.templateviewgroup dispatch.templateviewrole dispatch.purchase dispatch.payment
dispatch.operation dispatch.offer dispatch.discount dispatch.ordercase dispatch.treatmentdiscussion
dispatch.patientevent dispatch.doctornote dispatch.customerfeedback dispatch.notification`;

const rows: Area['rows'] = {
  django_content_type: /* sql */ `
insert into django_content_type
select n, split_part(name, '.', 1), split_part(name, '.', 2)
from unnest(regexp_split_to_array('${contentTypes.trim()}', '\\s+')) with ordinality as listed(name, n)`,

  django_migrations: /* sql */ `
insert into django_migrations
select n, split_part(name, '.', 1), split_part(name, '.', 2),
  timestamp '2012-01-01 08:00:00' + interval '1 microsecond' * (n * 5000000000000 + sample.roll(n, 'migration.time', 60000000))
from (
  select n, name
  from unnest(array['contenttypes.0001_initial', 'auth.0001_initial', 'admin.0001_initial', 'sessions.0001_initial',
    'dispatch.0001_initial']) with ordinality as first(name, n)
  union all
  select 5 + n, 'dispatch.' || lpad((n + 1)::text, 4, '0') || '_auto_' || substr(sample.hex(n, 'migration.name'), 1, 8)
  from generate_series(1, 62) n) listed
order by n`,

  django_session: /* sql */ `
insert into django_session
select sample.hex(g, 'session.k1') || sample.hex(g, 'session.k2'),
  encode(decode(repeat(sample.hex(g, 'session.data'), 12), 'hex'), 'base64'),
  sample.later(timestamp '2024-06-15', g, 'session.expires', 336)
from generate_series(1, sample.size_django_session()) g`,

  django_admin_log: /* sql */ `
insert into django_admin_log
select g, sample.time_of_django_admin_log(g),
  sample.any_order(g, 'log.object')::text,
  'Order ' || sample.any_order(g, 'log.object')::text,
  (1 + sample.roll(g, 'log.flag', 3))::smallint,
  '[{"changed": {"fields": ["Status"]}}]',
  8,
  sample.any_user(g, 'log.user')
from generate_series(1, sample.size_django_admin_log()) g`,

  auth_group: /* sql */ `
insert into auth_group
select n, name
from unnest(array['Lab', 'Planning', 'Accounting', 'Support', 'Doctors', 'Administrators']) with ordinality as listed(name, n)`,

  auth_permission: /* sql */ `
insert into auth_permission
select 4 * (ct.id - 1) + n, 'Can ' || verb || ' ' || ct.model, ct.id, verb || '_' || ct.model
from django_content_type ct
cross join unnest(array['add', 'change', 'delete', 'view']) with ordinality as listed(verb, n)
order by 1`,

  auth_user_groups: /* sql */ `
insert into auth_user_groups
select g, sample.nth_user(g), (1 + sample.roll(g, 'user_group', 6))::integer
from generate_series(1, sample.size_user_groups()) g`,
};

export const housekeeping: Area = { name: 'housekeeping', tables, rows };
