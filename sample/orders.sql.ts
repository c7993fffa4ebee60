/** Business area "orders": orders, their history, the work they cause, and what can be ordered. */
import type { Area } from './area.ts';

const tables = /* sql */ `
create table dispatch_order (
  id serial not null,
  patient_id integer not null,
  doctor_id integer not null,
  case_id integer not null,
  order_number varchar(24) not null,
  status smallint not null,
  priority smallint not null,
  total numeric(12,2) not null,
  tax numeric(12,2) not null,
  currency varchar(3),
  patient_name varchar(170) not null,
  instructions text,
  is_rush boolean not null,
  ordered_at timestamp not null,
  shipped_at timestamp
);
comment on table dispatch_order is 'Orders to the lab; patient_name is copied at the time of ordering';
comment on column dispatch_order.status is 'choices: 0=draft, 1=submitted, 2=accepted, 3=in production, 4=shipped, 5=completed, 6=cancelled';
comment on column dispatch_order.priority is 'choices: 0=low, 1=normal, 2=high';

create table dispatch_order_state (
  id serial not null,
  order_id integer not null,
  changed_by_id integer,
  to_status smallint not null,
  comment varchar(250) not null,
  changed_at timestamp not null
);
comment on column dispatch_order_state.to_status is 'choices: 0=draft, 1=submitted, 2=accepted, 3=in production, 4=shipped, 5=completed, 6=cancelled';

create table dispatch_template (
  id serial not null,
  category_id integer not null,
  code varchar(40) not null,
  name varchar(150) not null,
  body text not null,
  version integer not null,
  created_at timestamp not null,
  updated_at timestamp not null
);

create table dispatch_product (
  id serial not null,
  first_order_id integer,
  sku varchar(40) not null,
  name varchar(120) not null,
  price numeric(14,4) not null,
  currency varchar(3) not null,
  attributes jsonb not null,
  is_active boolean not null,
  created_at timestamp not null
);

create table dispatch_bracket (
  id serial not null,
  category_id integer not null,
  name varchar(120) not null,
  part_number varchar(40) not null,
  manufacturer varchar(80) not null,
  torque real not null,
  angulation real not null,
  slot_size numeric(5,3) not null
);

create table dispatch_task (
  id serial not null,
  order_id integer not null,
  assignee_id integer,
  parent_id integer,
  title varchar(200) not null,
  description text not null,
  kind smallint not null,
  status smallint not null,
  priority smallint not null,
  estimate_minutes integer,
  patient_name varchar(170) not null,
  due_at timestamp,
  completed_at timestamp,
  created_at timestamp not null,
  updated_at timestamp not null
);
comment on table dispatch_task is 'Every step of work in the lab';
comment on column dispatch_task.kind is 'choices: 0=scan, 1=model, 2=setup, 3=print, 4=trim, 5=polish, 6=inspect, 7=pack';
comment on column dispatch_task.status is 'choices: 0=open, 1=in progress, 2=blocked, 3=done, 4=cancelled';
comment on column dispatch_task.priority is 'choices: 0=low, 1=normal, 2=high';
`;

const rows: Area['rows'] = {
  dispatch_order: /* sql */ `
insert into dispatch_order
select g,
  c.patient_id,
  c.doctor_id,
  c.id,
  'ORD-' || lpad(g::text, 8, '0'),
  sample.roll(g, 'order.status', 7)::smallint,
  sample.roll(g, 'order.priority', 3)::smallint,
  sample.money(g, 'order.total', 500000),
  sample.money(g, 'order.tax', 60000),
  sample.currency(g, 'order.currency'),
  c.patient_name,
  case when sample.chance(g, 'order.instructed', 600) then sample.prose(g, 'order.instructions') end,
  sample.chance(g, 'order.rush', 120),
  sample.time_of_order(g),
  case when sample.chance(g, 'order.shipped', 700) then sample.later(sample.time_of_order(g), g, 'order.shipped_at', 500) end
from generate_series(1, sample.size_order()) g
join dispatch_case c on c.id = 1 + (g - 1) % sample.size_case()
order by g`,

  dispatch_order_state: /* sql */ `
insert into dispatch_order_state
select g,
  sample.any_order(g, 'order_state.order'),
  case when sample.chance(g, 'order_state.known', 900) then sample.any_user(g, 'order_state.user') end,
  sample.roll(g, 'order_state.to', 7)::smallint,
  case when sample.chance(g, 'order_state.commented', 350) then sample.phrase(g, 'order_state.comment') else '' end,
  sample.time_of_order_state(g)
from generate_series(1, sample.size_order_state()) g`,

  dispatch_template: /* sql */ `
insert into dispatch_template
select g,
  sample.any_category(g, 'template.category'),
  'TPL-' || g::text,
  sample.capital_word(g, 'template.a') || ' ' || sample.word(g, 'template.b'),
  sample.prose(g, 'template.body') || E'\\n\\n' || sample.prose(g, 'template.body2'),
  (1 + sample.roll(g, 'template.version', 9))::integer,
  sample.time_of_template(g),
  sample.later(sample.time_of_template(g), g, 'template.updated', 24)
from generate_series(1, sample.size_template()) g`,

  dispatch_product: /* sql */ `
insert into dispatch_product
select g,
  case when g % 3 > 0 then sample.any_order(g, 'product.order') end,
  'SKU-' || lpad(g::text, 4, '0'),
  sample.capital_word(g, 'product') || ' aligner',
  (sample.roll(g, 'product.price', 9000000) / 10000.0)::numeric(14,4),
  sample.currency(g, 'product.currency'),
  jsonb_build_object('colour', sample.word(g, 'product.colour'), 'weight', sample.roll(g, 'product.weight', 90)),
  g <> 4,
  sample.time_of_product(g)
from generate_series(1, sample.size_product()) g`,

  dispatch_bracket: /* sql */ `
insert into dispatch_bracket
select g,
  sample.any_category(g, 'bracket.category'),
  sample.capital_word(g, 'bracket') || ' ' || (1 + g % 32)::text,
  upper(substr(sample.hex(g, 'bracket.part'), 1, 10) collate "C"),
  sample.capital_word(g, 'bracket.maker') || ' Dental',
  ((sample.roll(g, 'bracket.torque', 500) - 250) / 10.0)::real,
  ((sample.roll(g, 'bracket.angulation', 300) - 150) / 10.0)::real,
  (array[0.018, 0.022])[1 + g % 2]
from generate_series(1, sample.size_bracket()) g`,

  dispatch_task: /* sql */ `
insert into dispatch_task
select g,
  order_id,
  case when sample.chance(g, 'task.assigned', 850) then sample.any_user(g, 'task.assignee') end,
  case when sample.chance(g, 'task.has_parent', 150) and parent_id > 0 and not sample.is_bad_task(parent_id) then parent_id end,
  sample.pick(g, 'task.verb', array['Check', 'Print', 'Trim', 'Inspect', 'Pack', 'Correct', 'Scan']) || ' '
    || sample.pick(g, 'task.noun', array['upper arch', 'lower arch', 'setup', 'models', 'attachments', 'delivery']) || ' #' || g::text,
  sample.phrase(g, 'task.description')
    || case when sample.chance(g, 'task.wordy', 500) then ' ' || sample.phrase(g, 'task.description2') else '' end,
  sample.roll(g, 'task.kind', 8)::smallint,
  sample.roll(g, 'task.status', 5)::smallint,
  sample.roll(g, 'task.priority', 3)::smallint,
  case when sample.chance(g, 'task.estimated', 600) then 5 * (1 + sample.roll(g, 'task.minutes', 48))::integer end,
  patient_name,
  case when sample.chance(g, 'task.has_due', 700) then created_at + interval '2 days' end,
  case when sample.chance(g, 'task.completed', 650) then sample.later(created_at, g, 'task.completed_at', 24) end,
  created_at,
  sample.later(created_at, g, 'task.updated', 24)
from (
  select g, order_id, o.patient_name, sample.time_of_task(g) as created_at,
    (g - 1 - sample.roll(g, 'task.parent', 20))::integer as parent_id
  from (select g, sample.any_order(g, 'task.order') as order_id from generate_series(1, sample.size_task()) g offset 0) drawn
  join dispatch_order o on o.id = drawn.order_id
  order by g) numbered`,
};

export const orders: Area = { name: 'orders', tables, rows };
