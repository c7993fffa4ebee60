/** Business area "people": doctors, patients, technicians and the tables that link them to offices and roles. */
import type { Area } from './area.ts';

const tables = /* sql */ `
create table dispatch_doctor (
  id serial not null,
  user_id integer not null,
  office_id integer,
  salutation varchar(20) not null,
  license_number varchar(40) not null,
  specialty smallint not null,
  phone varchar(40) not null,
  hourly_rate numeric(12,2) not null,
  currency varchar(3) not null,
  biography text not null,
  created_at timestamp not null,
  updated_at timestamp not null
);
comment on column dispatch_doctor.specialty is 'choices: 0=general, 1=orthodontics, 2=surgery, 3=pediatric';

create table dispatch_patient (
  id serial not null,
  user_id integer,
  doctor_id integer not null,
  external_code varchar(24) not null,
  first_name varchar(80) not null,
  last_name varchar(80),
  full_name varchar(170) not null,
  birth_date date,
  sex smallint not null,
  phone varchar(40) not null,
  notes text,
  created_at timestamp not null,
  updated_at timestamp not null
);
comment on table dispatch_patient is 'Patients; full_name repeats the names for the search page';
comment on column dispatch_patient.sex is 'choices: 0=unknown, 1=male, 2=female';

create table dispatch_technician (
  id serial not null,
  user_id integer not null,
  employee_no varchar(16) not null,
  shift smallint not null,
  skills varchar(40)[] not null,
  hired_on date not null,
  is_active boolean not null,
  created_at timestamp not null
);
comment on column dispatch_technician.shift is 'choices: 0=day, 1=late, 2=night';

create table dispatch_doctor_offices (
  id serial not null,
  doctor_id integer not null,
  office_id integer not null
);

create table dispatch_patient_doctor_office (
  patient_id integer not null,
  doctor_id integer not null,
  office_id integer not null,
  relation smallint not null,
  assigned_at timestamp not null,
  note varchar(200) not null
);
comment on table dispatch_patient_doctor_office is 'Who treats whom where; imported once from spreadsheets, hence no key';
comment on column dispatch_patient_doctor_office.relation is 'choices: 0=primary, 1=secondary, 2=referral';

create table dispatch_technician_roles (
  id serial not null,
  technician_id integer not null,
  role_id integer not null
);
`;

const rows: Area['rows'] = {
  dispatch_doctor: /* sql */ `
insert into dispatch_doctor
select g,
  1 + (g - 1) * (sample.size_user() / sample.size_doctor()),
  case when sample.chance(g, 'doctor.has_office', 940) then sample.any_office(g, 'doctor.office') end,
  sample.pick(g, 'doctor.salutation', array['Dr.', 'Dr. med. dent.', 'Prof.', '']),
  'LIC-' || upper(substr(sample.hex(g, 'doctor.license'), 1, 8) collate "C"),
  sample.roll(g, 'doctor.specialty', 4)::smallint,
  '(555) 01' || lpad(sample.roll(g, 'doctor.phone', 100)::text, 2, '0'),
  sample.money(g, 'doctor.rate', 40000),
  sample.currency(g, 'doctor.currency'),
  sample.prose(g, 'doctor.biography'),
  sample.time_of_doctor(g),
  sample.later(sample.time_of_doctor(g), g, 'doctor.updated', 24)
from generate_series(1, sample.size_doctor()) g`,

  dispatch_patient: /* sql */ `
insert into dispatch_patient
select g,
  case when sample.chance(g, 'patient.has_user', 350) then sample.any_user(g, 'patient.user') end,
  sample.any_doctor(g, 'patient.doctor'),
  'P-' || lpad(g::text, 7, '0'),
  sample.first_name(g, 'patient'),
  sample.last_name(g, 'patient'),
  sample.first_name(g, 'patient') || ' ' || sample.last_name(g, 'patient'),
  case when sample.chance(g, 'patient.has_birth', 970) then date '1948-01-01' + sample.roll(g, 'patient.birth', 25500)::integer end,
  sample.roll(g, 'patient.sex', 3)::smallint,
  sample.pick(g, 'patient.phone', array['555-01', '+1 555 01', '(555) 01', '1.555.01']) || lpad(sample.roll(g, 'patient.phone_no', 100)::text, 2, '0'),
  case when sample.chance(g, 'patient.has_notes', 400) then sample.prose(g, 'patient.notes') end,
  sample.time_of_patient(g),
  sample.later(sample.time_of_patient(g), g, 'patient.updated', 24)
from generate_series(1, sample.size_patient()) g`,

  dispatch_technician: /* sql */ `
insert into dispatch_technician
select g,
  sample.any_user(g, 'technician.user'),
  'T' || lpad(g::text, 5, '0'),
  sample.roll(g, 'technician.shift', 3)::smallint,
  case when sample.chance(g, 'technician.unskilled', 100) then array[]::varchar(40)[]
    else array[sample.word(g, 'technician.skill1'), sample.word(g, 'technician.skill2') || ', "fine" work']::varchar(40)[] end,
  date '2010-01-01' + sample.roll(g, 'technician.hired', 5000)::integer,
  not sample.chance(g, 'technician.left', 150),
  sample.time_of_technician(g)
from generate_series(1, sample.size_technician()) g`,

  dispatch_doctor_offices: /* sql */ `
insert into dispatch_doctor_offices
select g, sample.nth_doctor(g), sample.any_office(g, 'doctor_office')
from generate_series(1, sample.size_doctor_offices()) g`,

  dispatch_patient_doctor_office: /* sql */ `
insert into dispatch_patient_doctor_office
select sample.nth_patient(g), sample.any_doctor(g, 'assignment.doctor'), sample.any_office(g, 'assignment.office'),
  sample.roll(g, 'assignment.relation', 3)::smallint,
  sample.time_of_patient_doctor_office(g),
  case when sample.chance(g, 'assignment.noted', 300) then sample.phrase(g, 'assignment.note') else '' end
from generate_series(1, sample.size_patient_doctor_office()) g`,

  dispatch_technician_roles: /* sql */ `
insert into dispatch_technician_roles
select g, sample.nth_technician(g * 2), sample.any_role(g, 'technician_role')
from generate_series(1, sample.size_technician_roles()) g`,
};

export const people: Area = { name: 'people', tables, rows };
