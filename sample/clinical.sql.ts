/** Business area "clinical": cases, their history, and scanned jaws. */
import type { Area } from './area.ts';

const tables = /* sql */ `
create table dispatch_case (
  id serial not null,
  patient_id integer not null,
  doctor_id integer not null,
  current_order_id integer,
  case_number varchar(24) not null,
  state smallint not null,
  arch smallint not null,
  patient_name varchar(170) not null,
  treatment_months smallint not null,
  settings jsonb not null,
  is_archived boolean not null,
  due_date date,
  created_at timestamp not null,
  updated_at timestamp not null
);
comment on table dispatch_case is 'One course of treatment; current_order_id and dispatch_order.case_id point at each other';
comment on column dispatch_case.state is 'choices: 0=new, 1=planning, 2=production, 3=delivered, 4=closed, 5=cancelled';
comment on column dispatch_case.arch is 'choices: 0=both, 1=upper, 2=lower';

create table dispatch_case_state (
  id serial not null,
  case_id integer not null,
  changed_by_id integer,
  from_state smallint,
  to_state smallint not null,
  comment varchar(250) not null,
  changed_at timestamp not null
);
comment on column dispatch_case_state.from_state is 'choices: 0=new, 1=planning, 2=production, 3=delivered, 4=closed, 5=cancelled';
comment on column dispatch_case_state.to_state is 'choices: 0=new, 1=planning, 2=production, 3=delivered, 4=closed, 5=cancelled';

create table dispatch_jaw (
  id serial not null,
  patient_id integer not null,
  order_id integer,
  kind smallint not null,
  payload jsonb not null,
  measurements real[] not null,
  model_scale double precision not null,
  scanned_at timestamp not null
);
comment on table dispatch_jaw is 'Scanned jaws with tooth measurements in millimetres';
comment on column dispatch_jaw.kind is 'choices: 0=upper, 1=lower';
`;

/**
 * Order i belongs to case 1 + (i − 1) mod cases, so a case knows its orders before they exist.
 * The current order is one of the last; a case whose candidate will be quarantined has none.
 */
const rows: Area['rows'] = {
  dispatch_case: /* sql */ `
insert into dispatch_case
select g,
  p.id,
  p.doctor_id,
  case when current_order <= sample.size_order() and not sample.is_bad_order(current_order) then current_order end,
  'C' || lpad(g::text, 8, '0'),
  sample.roll(g, 'case.state', 6)::smallint,
  sample.roll(g, 'case.arch', 3)::smallint,
  p.full_name,
  (3 + sample.roll(g, 'case.months', 30))::smallint,
  jsonb_build_object(
    'stages', 5 + sample.roll(g, 'case.stages', 40),
    'material', sample.word(g, 'case.material'),
    'attachments', sample.chance(g, 'case.attachments', 500),
    'ratio', (sample.roll(g, 'case.ratio', 100000) / 1000.0)::numeric(8,3)),
  sample.chance(g, 'case.archived', 300),
  case when sample.chance(g, 'case.has_due', 800)
    then sample.time_of_case(g)::date + 30 + sample.roll(g, 'case.due', 300)::integer end,
  sample.time_of_case(g),
  sample.later(sample.time_of_case(g), g, 'case.updated', 24)
from (select g, g + sample.size_case() * sample.roll(g, 'case.current', 4)::integer as current_order,
    sample.any_patient(g, 'case.patient') as patient_id
  from generate_series(1, sample.size_case()) g offset 0) numbered
join dispatch_patient p on p.id = numbered.patient_id
order by g`,

  dispatch_case_state: /* sql */ `
insert into dispatch_case_state
select g,
  sample.any_case(g, 'case_state.case'),
  case when sample.chance(g, 'case_state.known', 900) then sample.any_user(g, 'case_state.user') end,
  case when sample.chance(g, 'case_state.has_from', 850) then sample.roll(g, 'case_state.from', 6)::smallint end,
  sample.roll(g, 'case_state.to', 6)::smallint,
  case when sample.chance(g, 'case_state.commented', 350) then sample.phrase(g, 'case_state.comment') else '' end,
  sample.time_of_case_state(g)
from generate_series(1, sample.size_case_state()) g`,

  dispatch_jaw: /* sql */ `
insert into dispatch_jaw
select g,
  c.patient_id,
  case when sample.chance(g, 'jaw.has_order', 900) then order_id end,
  (g % 2)::smallint,
  jsonb_build_object(
    'teeth', 12 + sample.roll(g, 'jaw.teeth', 5),
    'scanner', sample.word(g, 'jaw.scanner'),
    'missing', case when sample.chance(g, 'jaw.missing', 200) then jsonb_build_array(1 + sample.roll(g, 'jaw.gap', 16)) else '[]'::jsonb end,
    'note', case when sample.chance(g, 'jaw.noted', 300) then sample.phrase(g, 'jaw.note') end),
  array[
    (sample.roll(g, 'jaw.m1', 4000) / 100.0)::real, (sample.roll(g, 'jaw.m2', 4000) / 100.0)::real,
    (sample.roll(g, 'jaw.m3', 4000) / 100.0)::real, (sample.roll(g, 'jaw.m4', 4000) / 100.0)::real,
    case when sample.chance(g, 'jaw.unmeasured', 50) then null else (sample.roll(g, 'jaw.m5', 4000) / 100.0)::real end],
  0.5 + sample.roll(g, 'jaw.scale', 1000000) / 1000003.0,
  sample.time_of_jaw(g)
from (select g, sample.any_order(g, 'jaw.order') as order_id from generate_series(1, sample.size_jaw()) g offset 0) drawn
join dispatch_case c on c.id = 1 + (order_id - 1) % sample.size_case()
order by g`,
};

export const clinical: Area = { name: 'clinical', tables, rows };
