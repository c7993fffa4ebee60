/** A table like the one that the first measurements were made with: 12 columns, three foreign keys, about 200 bytes a row. */

export const TASKS = 'legacy_task';

const PARENTS = [
  ['legacy_office', 'id int, name text'],
  ['legacy_doctor', 'id int, name text, license text'],
  ['legacy_patient', 'id int, name text, born date'],
] as const;

const COLUMNS = `id int, title varchar(120), body text, state int, priority int, office_id int, doctor_id int, patient_id int,
  amount numeric(12,2), created_at timestamp, updated_at timestamp, email varchar(254)`;

const FOREIGN_KEYS = [
  ['office_id', 'legacy_office'],
  ['doctor_id', 'legacy_doctor'],
  ['patient_id', 'legacy_patient'],
] as const;

const primaryKey = (table: string) => `alter table ${table} add primary key (id)`;

export const PEER_KEY = primaryKey(TASKS);

/** Django makes an index for each foreign key, and so does Towpath. */
export const PEER_FOREIGN_KEYS = FOREIGN_KEYS.flatMap(([column, parent]) => [
  `create index on ${TASKS} (${column})`,
  `alter table ${TASKS} add foreign key (${column}) references ${parent}`,
]);

/** Parents have their keys, the large table none yet. */
export const PEER_TABLE = [
  ...PARENTS.flatMap(([table, columns]) => [`create table ${table} (${columns})`, primaryKey(table)]),
  `create table ${TASKS} (${COLUMNS})`,
];

export function oneEntitySql(rows: number): string[] {
  const parents = [Math.ceil(rows / 1000), Math.ceil(rows / 100), Math.ceil(rows / 10)] as const;
  return [
    ...PEER_TABLE,
    `insert into legacy_office select n, 'Office ' || n from generate_series(1, ${parents[0]}) n`,
    `insert into legacy_doctor select n, 'Doctor ' || n, 'L' || n from generate_series(1, ${parents[1]}) n`,
    `insert into legacy_patient select n, 'Patient ' || n, date '1960-01-01' + n % 20000 from generate_series(1, ${parents[2]}) n`,
    `insert into ${TASKS}
       select n, 'Task number ' || n, 'What is to be done about number ' || n || ', and by whom: ' || repeat('x', n % 60),
              n % 5, n % 4, 1 + n % ${parents[0]}, 1 + n % ${parents[1]}, 1 + n % ${parents[2]}, (n % 100000) / 7.0,
              timestamp '2019-01-01' + n * interval '37 seconds', timestamp '2021-01-01' + n * interval '41 seconds',
              'Person.' || n || '@example.org'
         from generate_series(1, ${rows}) n`,
    PEER_KEY,
    ...PEER_FOREIGN_KEYS,
    'vacuum analyze',
  ];
}
