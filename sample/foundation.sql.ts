/** Business area "foundation": offices, users, the category tree and roles with their permissions. */
import type { Area } from './area.ts';

const tables = /* sql */ `
create table dispatch_office (
  id serial not null,
  name varchar(120) not null,
  address text not null,
  city varchar(80) not null,
  zip text not null,
  country_code char(2) not null,
  phone varchar(32) not null,
  time_zone varchar(40) not null,
  is_active boolean not null default true,
  created_at timestamp not null,
  updated_at timestamp not null
);
comment on table dispatch_office is 'Practices that send cases to the lab; the address is one free text field';

create table auth_user (
  id serial not null,
  password varchar(128) not null,
  last_login timestamp,
  is_superuser boolean not null,
  username varchar(150) not null,
  first_name varchar(150) not null,
  last_name varchar(150) not null,
  email varchar(254) not null,
  is_staff boolean not null,
  is_active boolean not null,
  date_joined timestamp not null
);

create table dispatch_category (
  id serial not null,
  name varchar(100) not null,
  slug varchar(120) not null,
  parent_id integer,
  position smallint not null,
  created_at timestamp not null
);
comment on table dispatch_category is 'Tree of template and bracket categories';

create table dispatch_role (
  id serial not null,
  name varchar(80) not null,
  code varchar(40) not null,
  description text not null,
  is_default boolean not null
);

create table dispatch_role_permission (
  role_id integer not null,
  codename varchar(100) not null,
  granted boolean not null,
  granted_at timestamp not null
);
comment on table dispatch_role_permission is 'What a role may do; the key is (role_id, codename)';
`;

const rows: Area['rows'] = {
  dispatch_office: /* sql */ `
insert into dispatch_office
select g,
  sample.capital_word(g, 'office.a') || ' ' || sample.capital_word(g, 'office.b') || ' Orthodontics',
  (1 + sample.roll(g, 'office.no', 9800))::text || ' ' || sample.capital_word(g, 'office.street') || ' '
    || sample.pick(g, 'office.way', array['Street', 'Avenue', 'Road', 'Lane']) || ', '
    || sample.capital_word(g, 'office.city') || sample.pick(g, 'office.ending', array['ton', 'ville', ' Falls', 'burg'])
    || case when sample.chance(g, 'office.suite', 300) then E'\\nSuite ' || (1 + sample.roll(g, 'office.suite_no', 40))::text else '' end,
  sample.capital_word(g, 'office.city') || sample.pick(g, 'office.ending', array['ton', 'ville', ' Falls', 'burg']),
  lpad((10000 + sample.roll(g, 'office.zip', 89999))::text, 5, '0')
    || case when sample.chance(g, 'office.plus4', 200) then '-' || lpad(sample.roll(g, 'office.zip4', 9999)::text, 4, '0') else '' end,
  sample.pick(g, 'office.country', array['US', 'US', 'US', 'CA', 'GB', 'DE']),
  '+1 555 01' || lpad(sample.roll(g, 'office.phone', 100)::text, 2, '0'),
  sample.pick(g, 'office.zone', array['America/New_York', 'America/Chicago', 'Europe/London', 'Europe/Berlin', 'UTC']),
  not sample.chance(g, 'office.closed', 60),
  sample.time_of_office(g),
  sample.later(sample.time_of_office(g), g, 'office.updated', 24)
from generate_series(1, sample.size_office()) g`,

  // Password hashes of every age of Django; nothing hashes to them.
  auth_user: /* sql */ `
insert into auth_user
select g,
  case sample.roll(g, 'user.hasher', 10)
    when 0 then 'md5$' || substr(sample.hex(g, 'user.salt'), 1, 8) || '$' || sample.hex(g, 'user.h1') || sample.hex(g, 'user.h2')
    when 1 then 'sha1$' || substr(sample.hex(g, 'user.salt'), 1, 5) || '$' || sample.hex(g, 'user.h1') || sample.hex(g, 'user.h2') || substr(sample.hex(g, 'user.h3'), 1, 8)
    when 2 then 'bcrypt_sha256$$2b$12$' || sample.hex(g, 'user.h1') || sample.hex(g, 'user.h2') || sample.hex(g, 'user.h3')
    when 3 then 'argon2$argon2id$v=19$m=102400,t=2,p=8$' || sample.hex(g, 'user.salt') || '$' || sample.hex(g, 'user.h1') || sample.hex(g, 'user.h2')
    when 4 then '!' || sample.hex(g, 'user.h1') || sample.hex(g, 'user.h2')
    else 'pbkdf2_sha256$' || sample.pick(g, 'user.rounds', array['36000', '150000', '260000', '600000']) || '$' || substr(sample.hex(g, 'user.salt'), 1, 12)
      || '$' || encode(decode(sample.hex(g, 'user.h1') || sample.hex(g, 'user.h2') || sample.hex(g, 'user.h3') || sample.hex(g, 'user.h4'), 'hex'), 'base64')
  end,
  case when sample.chance(g, 'user.seen', 850) then sample.later(sample.time_of_user(g), g, 'user.last_login', 2000) end,
  g = 1,
  sample.word(g, 'user.name') || g::text,
  sample.first_name(g, 'user'),
  sample.last_name(g, 'user'),
  case when sample.chance(g, 'user.mixed', 60)
    then sample.capital_word(g, 'user.name') || '.' || upper(sample.word(g, 'user.mail') collate "C") || g::text || '@Example.COM'
    else sample.word(g, 'user.name') || '.' || sample.word(g, 'user.mail') || g::text || '@'
      || sample.pick(g, 'user.domain', array['example.com', 'example.org', 'example.net', 'mail.example.com'])
  end,
  g = 1 or sample.chance(g, 'user.staff', 50),
  not sample.chance(g, 'user.inactive', 80),
  sample.time_of_user(g)
from generate_series(1, sample.size_user()) g`,

  dispatch_category: /* sql */ `
insert into dispatch_category
select g,
  sample.capital_word(g, 'category') || ' ' || sample.pick(g, 'category.noun', array['brackets', 'templates', 'archwires', 'aligners']),
  sample.word(g, 'category') || '-' || g::text,
  case when g > 6 then (1 + sample.roll(g, 'category.parent', least(g - 1, 12)))::integer end,
  (sample.roll(g, 'category.position', 20))::smallint,
  sample.time_of_category(g)
from generate_series(1, sample.size_category()) g`,

  dispatch_role: /* sql */ `
insert into dispatch_role
select g,
  sample.capital_word(g, 'role') || ' ' || sample.pick(g, 'role.noun', array['operator', 'reviewer', 'manager', 'assistant']) || ' ' || g::text,
  sample.word(g, 'role') || '_' || g::text,
  sample.prose(g, 'role.description'),
  g = 1
from generate_series(1, sample.size_role()) g`,

  dispatch_role_permission: /* sql */ `
insert into dispatch_role_permission
select 1 + (g - 1) % sample.size_role(),
  (array['view', 'add', 'change', 'delete'])[1 + k % 4] || '_'
    || (array['case', 'order', 'task', 'file', 'patient', 'doctor', 'message', 'payment'])[1 + (k / 4) % 8]
    || case when k >= 32 then '_' || (k / 32)::text else '' end,
  not sample.chance(g, 'role_permission.denied', 100),
  sample.time_of_role_permission(g)
from (select g, (g - 1) / sample.size_role() as k from generate_series(1, sample.size_role_permission()) g) numbered`,
};

export const foundation: Area = { name: 'foundation', tables, rows };
