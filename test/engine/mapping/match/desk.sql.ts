/** A help desk whose columns mean what their names do not say, and the new tables that they would fit by name. */
export const legacyDesk = `
create table country (code text primary key, name text not null);
create table currency (id char(3) primary key, name text not null);
create table customer (id int primary key, name text not null);
create table ticket (id int primary key, customer_id int not null references customer, country text not null references country,
  status smallint not null, opened bigint, archived bigint, seen text, kind smallint not null, state text, handled_by text, body text);
comment on column ticket.status is '1=open, 2=closed';
create table rack (room int, number int, label text, state text, primary key (room, number));
create table box (id int primary key, room int, number int, label text not null, foreign key (room, number) references rack);
insert into country values ('DE', 'Germany'), ('FR', 'France');
insert into currency values ('EUR', 'Euro'), ('USD', 'Dollar');
insert into customer select n, 'Customer ' || n from generate_series(1, 40) n;
insert into ticket select n, 1 + n % 40, (array['DE', 'FR'])[1 + n % 2], 1 + n % 2, 1500000000000 + n * 86400000::bigint, n * 1000,
  to_char(timestamp '2020-05-01 10:00' + n * interval '1 day', 'YYYY-MM-DD HH24:MI'), n % 3, (array['CA', 'NY', 'TX'])[1 + n % 3],
  (array['Nurse Adams', 'Doctor Brown'])[1 + n % 2], 'text ' || n from generate_series(1, 100) n;
insert into rack select 1 + n % 3, n, 'Rack ' || n, 'TX' from generate_series(1, 12) n;
insert into box select n, 1 + n % 3, n, 'Box ' || n from generate_series(1, 12) n;
analyze;
`;

export const newDesk = `
create schema auth;
create table auth.users (id uuid primary key);
create table public.countries (id uuid primary key, code text not null unique, name text not null);
create table public.currencies (id uuid primary key, name text not null);
create table public.customers (id uuid primary key references auth.users, name text not null);
create table public.tickets (id uuid primary key, customer_id uuid references public.customers, status text not null check (status in ('open', 'closed')),
  opened timestamptz, archived timestamptz, seen timestamptz, kind text, handled_by text check (handled_by in ('front', 'back')), tenant bytea not null);
create table public.racks (id uuid primary key, label text, status text);
create table public.boxes (id uuid primary key, rack_id uuid references public.racks, label text not null);
insert into public.countries values (gen_random_uuid(), 'DE', 'Deutschland');
insert into public.racks (id) values (gen_random_uuid());
`;
