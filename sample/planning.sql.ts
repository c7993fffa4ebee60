/** Business area "planning": projects, treatment plans and how templates are shown. */
import type { Area } from './area.ts';

const tables = /* sql */ `
create table dispatch_project (
  id serial not null,
  case_id integer not null,
  technician_id integer,
  name varchar(150) not null,
  stage smallint not null,
  budget numeric(12,2) not null,
  currency varchar(3) not null,
  starts_on date not null,
  ends_on date,
  created_at timestamp not null
);
comment on column dispatch_project.stage is 'choices: 0=intake, 1=setup, 2=review, 3=approved, 4=finished';

create table dispatch_treatment_plan (
  id serial not null,
  patient_id integer not null,
  project_id integer not null,
  title varchar(200) not null,
  version integer not null,
  aligner_count smallint not null,
  steps jsonb not null,
  notes text,
  is_approved boolean not null,
  approved_at timestamp,
  created_at timestamp not null
);

create table dispatch_template_product (
  id serial not null,
  template_id integer not null,
  product_id integer not null,
  quantity integer not null
);

create table dispatch_template_view_group (
  id serial not null,
  template_id integer not null,
  name varchar(80) not null,
  position smallint not null
);

create table dispatch_template_view_role (
  id serial not null,
  template_view_group_id integer not null,
  role_id integer not null,
  can_edit boolean not null
);
`;

const rows: Area['rows'] = {
  dispatch_project: /* sql */ `
insert into dispatch_project
select g, sample.any_case(g, 'project.case'),
  case when sample.chance(g, 'project.staffed', 900) then sample.any_technician(g, 'project.technician') end,
  sample.capital_word(g, 'project') || ' setup ' || g::text,
  sample.roll(g, 'project.stage', 5)::smallint,
  sample.money(g, 'project.budget', 900000),
  sample.currency(g, 'project.currency'),
  sample.time_of_project(g)::date,
  case when sample.chance(g, 'project.ended', 600) then sample.time_of_project(g)::date + sample.roll(g, 'project.days', 200)::integer end,
  sample.time_of_project(g)
from generate_series(1, sample.size_project()) g`,

  dispatch_treatment_plan: /* sql */ `
insert into dispatch_treatment_plan
select g, sample.any_patient(g, 'plan.patient'), sample.any_project(g, 'plan.project'),
  'Plan ' || sample.capital_word(g, 'plan') || ' v' || (1 + g % 7)::text,
  1 + g % 7,
  aligners::smallint,
  jsonb_build_array(
    jsonb_build_object('stage', 1, 'days', 14),
    jsonb_build_object('stage', aligners, 'days', 7 + sample.roll(g, 'plan.days', 14))),
  case when sample.chance(g, 'plan.noted', 300) then sample.prose(g, 'plan.notes') end,
  is_approved,
  case when is_approved then sample.later(sample.time_of_treatment_plan(g), g, 'plan.approved_at', 24) end,
  sample.time_of_treatment_plan(g)
from (select g, 4 + sample.roll(g, 'plan.aligners', 40)::integer as aligners, sample.chance(g, 'plan.approved', 550) as is_approved
  from generate_series(1, sample.size_treatment_plan()) g offset 0) drawn`,

  dispatch_template_product: /* sql */ `
insert into dispatch_template_product
select g, template_id,
  (1 + (sample.roll(template_id, 'template_product', sample.size_product()) + (g - 1) / sample.size_template()) % sample.size_product())::integer,
  (1 + sample.roll(g, 'template_product.quantity', 5))::integer
from (select g, 1 + (g - 1) % sample.size_template() as template_id
  from generate_series(1, sample.size_template_product()) g) numbered`,

  dispatch_template_view_group: /* sql */ `
insert into dispatch_template_view_group
select g, sample.any_template(g, 'view_group.template'), sample.capital_word(g, 'view_group'), (g % 6)::smallint
from generate_series(1, sample.size_template_view_group()) g`,

  dispatch_template_view_role: /* sql */ `
insert into dispatch_template_view_role
select g, view_group_id,
  (1 + (sample.roll(view_group_id, 'view_role', sample.size_role()) + (g - 1) / sample.size_template_view_group()) % sample.size_role())::integer,
  sample.chance(g, 'view_role.edit', 400)
from (select g, 1 + (g - 1) % sample.size_template_view_group() as view_group_id
  from generate_series(1, sample.size_template_view_role()) g) numbered`,
};

export const planning: Area = { name: 'planning', tables, rows };
