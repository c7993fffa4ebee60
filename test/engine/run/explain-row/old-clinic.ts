/** A clinic whose tables have every sort of key, and rows of every fate. */
import { type PlanFile, planFile } from '../../../../engine/plan/plan-file.ts';

export const oldClinic = `
create table wards (code text primary key, title text not null);
create table patients (
  id int primary key, ward text references wards, full_name text not null, email text, phone text, status int not null,
  admitted timestamp not null, balance numeric(10,2) not null, hidden boolean not null default false,
  mentor int references patients);
create table visits (patient_id int not null references patients, no int not null, reason text, primary key (patient_id, no));
create table remarks (said text not null, points int);
create table scratch_pad (id int primary key, line text);
insert into wards values ('A 1', 'North'), ('B', 'South');
insert into patients values
  (4711, 'A 1', '  Berg, Anna ', ' Anna@Example.ORG ', '030 1234567', 2, '2019-07-01 12:30:00', 10.50, false, null),
  (4712, 'B', 'Cole', 'anna@example.org', null, 1, '2019-01-01 00:00:00', 0, false, 4711),
  (4713, 'B', 'Dahl', null, null, 9, '2020-01-01 00:00:00', 7, false, null),
  (4714, 'B', 'Ek', null, null, 1, '2020-01-01 00:00:00', 7, true, null),
  (4715, 'B', 'Falk', null, null, 1, '2020-01-01 00:00:00', 7, false, 4713);
insert into visits values (4711, 1, 'cough'), (4711, 2, null), (4713, 1, 'fever');
insert into remarks values ('same', 1), ('same', 1), ('other', null);
insert into scratch_pad values (1, 'x');`;

/** What a person would have written into the plan. */
export function clinicPlan(plan: PlanFile): PlanFile {
  const leftOut = plan.entities.find(({ source }) => source.table === 'scratch_pad')!.name;
  const others = (names: readonly string[]) => names.filter((name) => name !== leftOut);
  return planFile.parse({
    ...plan,
    excluded: [
      ...plan.excluded,
      { schema: 'public', table: 'scratch_pad', reason: 'Nobody needs it any more.' },
    ],
    groups: Object.fromEntries(
      Object.entries(plan.groups).map(([name, entities]) => [name, others(entities)]),
    ),
    phases: plan.phases.map((phase) => ({ ...phase, entities: others(phase.entities) })),
    questions: [],
    entities: plan.entities
      .filter(({ name }) => name !== leftOut)
      .map((entity) => {
        if (entity.name === 'remarks') return { ...entity, dedupe: true };
        return entity.name === 'patients' ? patients(entity) : entity;
      }),
  });
}

function patients(entity: PlanFile['entities'][number]) {
  const own: Readonly<Record<string, object>> = {
    full_name: { transform: [{ kind: 'trim' }, { kind: 'upper' }], personal: 'name' },
    email: { transform: { kind: 'email', unique: true }, personal: 'email' },
    status: {
      type: 'text',
      transform: { kind: 'choice', map: { 1: 'open', 2: 'closed' }, unknown: 'quarantine' },
    },
    admitted: { type: 'timestamptz', transform: { kind: 'time-zone', zone: 'Europe/Berlin' } },
  };
  const columns = entity.columns.map((column) => ({ ...column, ...own[column.to] }));
  return { ...entity, where: 'not hidden', columns, uniques: [], checks: [] };
}
