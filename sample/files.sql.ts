/** Business area "files": uploaded files and what they are attached to. */
import type { Area } from './area.ts';

const tables = /* sql */ `
create table dispatch_file (
  id serial not null,
  uuid uuid not null,
  uploaded_by_id integer,
  name varchar(255) not null,
  path varchar(400) not null,
  mime_type varchar(100) not null,
  kind smallint not null,
  size bigint not null,
  checksum bytea not null,
  is_deleted boolean not null,
  uploaded_at timestamp not null
);
comment on table dispatch_file is 'Uploaded files; contents live in object storage under path';
comment on column dispatch_file.kind is 'choices: 0=scan, 1=photo, 2=x-ray, 3=document, 4=model';

create table dispatch_case_file (
  id serial not null,
  case_id integer not null,
  file_id integer not null,
  label varchar(120) not null,
  position smallint not null,
  added_at timestamp not null
);

create table dispatch_order_file (
  id serial not null,
  order_id integer not null,
  file_id integer not null,
  label varchar(120) not null,
  added_at timestamp not null
);
`;

const rows: Area['rows'] = {
  dispatch_file: /* sql */ `
insert into dispatch_file
select g,
  (substr(h1, 1, 12) || '4' || substr(h1, 14, 3) || 'a' || substr(h2, 2, 15))::uuid,
  case when sample.chance(g, 'file.known', 950) then sample.any_user(g, 'file.user') end,
  sample.word(g, 'file.name') || '_' || g::text || ending,
  'uploads/' || substr(h1, 1, 2) || '/' || substr(h2, 1, 2) || '/' || h1 || ending,
  mime,
  kind::smallint,
  case when sample.chance(g, 'file.huge', 3) then 2147483648 + sample.roll(g, 'file.size', 9000000000)
    else 1000 + sample.roll(g, 'file.size', 90000000) end,
  decode(sample.hex(g, 'file.c1') || sample.hex(g, 'file.c2') || sample.hex(g, 'file.c3') || sample.hex(g, 'file.c4'), 'hex'),
  sample.chance(g, 'file.deleted', 40),
  sample.time_of_file(g)
from (
  select g, sample.hex(g, 'file.uuid1') as h1, sample.hex(g, 'file.uuid2') as h2, kind,
    (array['.stl', '.jpg', '.dcm', '.pdf', '.obj'])[kind + 1] as ending,
    (array['model/stl', 'image/jpeg', 'application/dicom', 'application/pdf', 'model/obj'])[kind + 1] as mime
  from (select g, sample.roll(g, 'file.kind', 5)::integer as kind from generate_series(1, sample.size_file()) g offset 0) drawn
  offset 0) hashed`,

  dispatch_case_file: /* sql */ `
insert into dispatch_case_file
select g, sample.any_case(g, 'case_file.case'), sample.nth_file(2 * g - 1),
  sample.pick(g, 'case_file.label', array['initial scan', 'progress photo', 'x-ray', 'final model', '']),
  sample.roll(g, 'case_file.position', 12)::smallint,
  sample.time_of_case_file(g)
from generate_series(1, sample.size_case_file()) g`,

  dispatch_order_file: /* sql */ `
insert into dispatch_order_file
select g, sample.any_order(g, 'order_file.order'), sample.nth_file(2 * g),
  sample.pick(g, 'order_file.label', array['prescription', 'bite registration', 'photo', '']),
  sample.time_of_order_file(g)
from generate_series(1, sample.size_order_file()) g`,
};

export const files: Area = { name: 'files', tables, rows };
