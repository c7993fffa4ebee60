/** Business area "financial": purchases, payments, bookings, offers and discounts. */
import type { Area } from './area.ts';

const tables = /* sql */ `
create table dispatch_purchase (
  id serial not null,
  user_id integer not null,
  order_id integer not null,
  invoice_number varchar(32) not null,
  status smallint not null,
  total numeric(12,2) not null,
  tax numeric(12,2) not null,
  currency varchar(3) not null,
  purchased_at timestamp not null
);
comment on column dispatch_purchase.status is 'choices: 0=open, 1=paid, 2=part paid, 3=void';

create table dispatch_payment (
  id serial not null,
  purchase_id integer not null,
  doctor_id integer not null,
  amount numeric not null,
  currency varchar(3) not null,
  method smallint not null,
  reference varchar(64) not null,
  is_refund boolean not null,
  paid_at timestamp not null
);
comment on table dispatch_payment is 'Money received; amount was never given a scale';
comment on column dispatch_payment.method is 'choices: 0=card, 1=transfer, 2=cheque, 3=cash';

create table dispatch_operation (
  id serial not null,
  payment_id integer,
  purchase_id integer not null,
  kind smallint not null,
  amount numeric(12,2) not null,
  currency varchar(3) not null,
  memo varchar(200) not null,
  booked_at timestamp not null
);
comment on table dispatch_operation is 'Bookings; credits are negative';
comment on column dispatch_operation.kind is 'choices: 0=charge, 1=refund, 2=correction';

create table dispatch_offer (
  id serial not null,
  doctor_id integer not null,
  product_id integer not null,
  status smallint not null,
  price numeric(12,2) not null,
  currency varchar(3) not null,
  quantity integer not null,
  valid_until date,
  created_at timestamp not null
);
comment on column dispatch_offer.status is 'choices: 0=draft, 1=sent, 2=accepted, 3=declined';

create table dispatch_discount (
  id serial not null,
  offer_id integer not null,
  code varchar(24) not null,
  percent numeric(5,2) not null,
  valid_during daterange not null
);
`;

const rows: Area['rows'] = {
  dispatch_purchase: /* sql */ `
insert into dispatch_purchase
select g, sample.any_user(g, 'purchase.user'), sample.any_order(g, 'purchase.order'),
  'INV-' || (2012 + g % 13)::text || '-' || lpad(g::text, 6, '0'),
  sample.roll(g, 'purchase.status', 4)::smallint,
  sample.money(g, 'purchase.total', 900000),
  sample.money(g, 'purchase.tax', 90000),
  sample.currency(g, 'purchase.currency'),
  sample.time_of_purchase(g)
from generate_series(1, sample.size_purchase()) g`,

  dispatch_payment: /* sql */ `
insert into dispatch_payment
select g, sample.any_purchase(g, 'payment.purchase'), sample.any_doctor(g, 'payment.doctor'),
  case when sample.chance(g, 'payment.refund', 40) then -1 else 1 end * sample.money(g, 'payment.amount', 400000),
  sample.currency(g, 'payment.currency'),
  sample.roll(g, 'payment.method', 4)::smallint,
  'pay_' || sample.hex(g, 'payment.reference'),
  sample.chance(g, 'payment.refund', 40),
  sample.time_of_payment(g)
from generate_series(1, sample.size_payment()) g`,

  dispatch_operation: /* sql */ `
insert into dispatch_operation
select g,
  case when sample.chance(g, 'operation.paid', 800) then sample.any_payment(g, 'operation.payment') end,
  sample.any_purchase(g, 'operation.purchase'),
  kind::smallint,
  case when kind = 0 then 1 else -1 end * sample.money(g, 'operation.amount', 300000),
  sample.currency(g, 'operation.currency'),
  case when sample.chance(g, 'operation.memo', 500) then sample.phrase(g, 'operation.memo_text') else '' end,
  sample.time_of_operation(g)
from (select g, sample.roll(g, 'operation.kind', 3) as kind from generate_series(1, sample.size_operation()) g offset 0) drawn`,

  dispatch_offer: /* sql */ `
insert into dispatch_offer
select g, sample.any_doctor(g, 'offer.doctor'), sample.any_product(g, 'offer.product'),
  sample.roll(g, 'offer.status', 4)::smallint,
  sample.money(g, 'offer.price', 200000),
  sample.currency(g, 'offer.currency'),
  (1 + sample.roll(g, 'offer.quantity', 25))::integer,
  case when sample.chance(g, 'offer.limited', 800) then sample.time_of_offer(g)::date + 90 end,
  sample.time_of_offer(g)
from generate_series(1, sample.size_offer()) g`,

  dispatch_discount: /* sql */ `
insert into dispatch_discount
select g, sample.any_offer(g, 'discount.offer'),
  upper(sample.word(g, 'discount') collate "C") || g::text,
  (sample.roll(g, 'discount.percent', 9000) / 100.0)::numeric(5,2),
  case when sample.chance(g, 'discount.open', 100) then daterange(sample.time_of_discount(g)::date, null)
    else daterange(sample.time_of_discount(g)::date, sample.time_of_discount(g)::date + 30) end
from generate_series(1, sample.size_discount()) g`,
};

export const financial: Area = { name: 'financial', tables, rows };
