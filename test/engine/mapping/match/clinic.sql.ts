/** A legacy clinic, and new tables that only half fit it. */
export const legacyClinic = `
create table tbl_doctor (id int primary key, name text not null, active char(1) not null, staff_number int);
create table tbl_room (id int primary key, name text not null);
create table tbl_patient (id int primary key, full_name text not null, doctor_id int references tbl_doctor, born date,
  admitted timestamptz not null, weight_kg numeric(6,3));
create table tbl_invoice (id int primary key, patient_id int not null references tbl_patient, amount numeric(10,2) not null);
insert into tbl_doctor select n, 'Doctor ' || n, case when n % 3 = 0 then 'N' else 'Y' end, n from generate_series(1, 60) n;
insert into tbl_room select n, 'Room ' || n from generate_series(1, 9) n;
insert into tbl_patient select n, 'Patient ' || n, 1 + n % 60, '1980-01-01', '2020-01-01 10:30+00', 70.125 from generate_series(1, 80) n;
insert into tbl_invoice select n, 1 + n % 80, n from generate_series(1, 90) n;
analyze;
`;

export const newClinic = `
create type public.patient_kind as enum ('private', 'public');
create table public.clinics (id uuid primary key default gen_random_uuid(), name text not null);
create table public.doctors (id uuid primary key, name text not null, display text generated always as ('Dr. ' || name) stored,
  is_active boolean not null, staff_number bigint generated always as identity);
create table public.rooms (id int generated always as identity primary key, name text not null);
create table public.patients (id uuid primary key, name text not null, doctor_id uuid references public.doctors, birth_date date,
  admitted_on date, kind public.patient_kind not null);
create table public.invoices (id uuid primary key, patient_id uuid not null references public.patients, amount numeric(10,2) not null,
  clinic_id uuid not null references public.clinics);
`;
