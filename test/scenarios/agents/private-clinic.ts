/**
 * A database of its own in which people's values stand wherever a database can hold them. Each value is one that stands
 * nowhere else, so that it can be looked for in everything that leaves.
 */
import type { TestDatabase } from '../../helpers/test-database.ts';

export const planted = {
  // names, under names of columns that say so, and under names that do not
  firstName: 'Zorvinka',
  lastName: 'Plimsoulian',
  fullName: 'Brunhilde Quastenmoor',
  alias: 'Wibbelstrix',
  maiden: 'Ofterdinxen',
  keeper: 'kvirrelsby', // few, short, lower case: looks like a code
  keeperTwo: 'tambrosius',
  initials: 'QXZW',
  shouted: 'GRUMBELWITZ',
  staffKey: 'jolyvexford', // a text that is the key of its row
  staffKeyTwo: 'Umbratilde',
  composite: 'Harkenpfau',
  rare: 'Xylophanes', // once among many
  umlaut: 'Jürgenthaal',
  // addresses of all kinds
  email: 'zz.plim@planted-mail.example',
  emailLocal: 'nixquolla77',
  emailOddColumn: 'wibbel@planted-other.example',
  phone: '+44 7700 900461',
  phoneText: '0151-23908817',
  phoneNumber: '447700900738',
  street: 'Plumtwister Row 17',
  city: 'Nether Wallopsheim',
  postcode: 'QX9 4ZZ',
  address: '4 Gargoyle Mews, Snodhurst',
  // dates
  birthDate: '1931-07-16',
  birthDateYoung: '1987-03-29', // the oldest of a column with a name that says nothing
  birthDateText: '23.11.1958',
  birthMoment: '1949-02-27 04:45:00',
  // free text
  note: 'suffers from gloomscurvy',
  remark: 'owes money to Farthingwoode',
  story: 'was seen with Skelmersbane',
  inJson: 'Thistlequack',
  jsonKey: 'Dribbleworth',
  inArray: 'Pumpernolt',
  brokenJson: 'Snickerdoom',
  xml: 'Fennelgrist',
  // numbers of people
  insurance: '883051920477',
  passport: 'PX7740912Q',
  iban: 'GB29NWBK60161331926819',
  card: '4929 1230 5567 8812',
  salaryText: 'EUR 183,417.29',
  salary: '731946.83', // the largest of a column
  balance: '-48213.77', // the smallest
  idInText: 'see file 90071-22845',
  ip: '203.0.113.187',
  // files and secrets
  fileName: 'uploads/zzquorn_passport_scan.pdf',
  photo: 'Mopsgesicht.jpeg',
  passwordHash: 'pbkdf2_sha256$260000$Qv8xsalt$H9pKq0wz5ZrYt1',
  token: 'tok_9f8Zq77Lmn0pQr5',
  pin: '1774193882',
  // rows that do not fit
  quarantinedName: 'Wolkenstupf',
  duplicateCode: 'Mc-Dunkelbarth',
  checkFails: 'Nachtigrall',
  orphanNote: 'Pfefferluchs',
  // the structure
  defaultValue: 'Eberwurzel',
  defaultDate: '1963-12-05',
  checkExpression: 'Rumpelgeist',
  viewDefinition: 'Schlotterbeck',
  indexPredicate: 'Krummhobel',
  changedInTarget: 'Tatzelwurmine',
} as const;

export type PlantedName = keyof typeof planted;

const p = Object.fromEntries(
  Object.entries(planted).map(([name, value]) => [name, `'${value.replaceAll("'", "''")}'`]),
) as Record<PlantedName, string>;

const STRUCTURE = `
  create type color as enum ('red', 'green');
  create table staff (login text primary key, title text, joined timestamp not null);
  create table people (
    id int primary key, first_name text not null, last_name text, alias text, maiden text, keeper text not null,
    signed text, agent text, email text, reach text, phone text, tel bigint, ring text, street text, city text, postcode text,
    place text, birth_date date, geb date, born_text text, arrived timestamp, note text, remark_text text, story text,
    profile jsonb, tags text[], sheet text, doc xml, insurance_no bigint, pass text, iban text, card text, pay text, income numeric(12,2),
    balance numeric(12,2), ref text, last_ip inet, scan text, photo text, password text, session_token text, pin int,
    member_code text unique, status smallint not null default 1, mood text default ${p.defaultValue},
    since date default ${p.defaultDate}, boss_id int, staff_login text references staff, paint color,
    constraint no_ghosts check (alias <> ${p.checkExpression}));
  comment on column people.status is 'choices: 1=new, 2=old, 3=gone';
  create table households (street text, family text, members int not null, primary key (street, family));
  create table visits (
    id int primary key, person_id int not null references people, seen_at timestamptz not null, fee numeric(10,2) not null,
    memo text);
  create table letters (id int primary key, people_id int not null, body text, topic text not null);
  create table settings (key text, value text);
  create view favourites as select id from people where last_name = ${p.viewDefinition};
  create index people_special on people (id) where last_name = ${p.indexPredicate};`;

/** Row 1 has nearly all of them; others have what must repeat, collide, or stand once among many. */
const ROWS = `
  insert into staff select 'clerk' || i, 'office', timestamp '2015-01-01' + i * interval '1 day' from generate_series(1, 30) i;
  insert into staff values (${p.staffKey}, 'boss', '2014-05-06'), (${p.staffKeyTwo}, 'boss', '2014-05-07');
  insert into people (id, first_name, last_name, keeper, signed, agent, email, status, member_code, income, balance, geb, phone, tel,
      insurance_no, story, staff_login, note, paint, pin)
    select i, 'Person' || i, 'Family' || i, (array[${p.keeper}, ${p.keeperTwo}, 'office'])[i % 3 + 1],
      (array[${p.initials}, 'AB', 'CD'])[i % 3 + 1], (array[${p.fullName}, ${p.shouted}])[i % 2 + 1],
      'person' || i || '@filler.example', i % 3 + 1, 'code-' || i, 1000 + i % 7, i % 11, date '1988-01-01' + i,
      '+49 30 5550' || i, 493055500000 + i, 700000000000 + i, case when i % 2 = 0 then ${p.story} else 'nothing' end,
      'clerk' || (i % 30 + 1), 'some words of nobody ' || i, 'red', 1000 + i
    from generate_series(10, 160) i;
  insert into people values (1, ${p.firstName}, ${p.lastName}, ${p.alias}, ${p.maiden}, ${p.keeper}, ${p.initials}, ${p.fullName},
    ${p.email}, ${p.emailOddColumn}, ${p.phone}, ${planted.phoneNumber}, ${p.phoneText}, ${p.street}, ${p.city}, ${p.postcode},
    ${p.address}, ${p.birthDate}, ${p.birthDateYoung}, ${p.birthDateText}, ${p.birthMoment}, ${p.note}, ${p.remark}, ${p.story},
    jsonb_build_object('who', ${p.inJson}, ${p.jsonKey}, 1), array[${p.inArray}, 'x'], '{"a": 1}',
    ('<a>' || ${p.xml} || '</a>')::xml, ${planted.insurance}, ${p.passport}, ${p.iban}, ${p.card}, ${p.salaryText}, ${planted.salary},
    ${planted.balance}, ${p.idInText}, ${p.ip}, ${p.fileName}, ${p.photo}, ${p.passwordHash}, ${p.token}, ${planted.pin},
    'code-1', 1, default, default, null, ${p.staffKey}, 'green');
  insert into people (id, first_name, last_name, keeper, status, member_code, note, alias) values
    (2, ${p.umlaut}, ${p.rare}, 'office', 2, 'code-2', 'x', null),
    (3, ${p.quarantinedName}, ${p.quarantinedName}, 'office', 99, 'code-3', ${p.note}, ${p.quarantinedName}),
    (4, 'Four', 'Four', 'office', 1, ${p.duplicateCode}, 'x', null),
    (5, 'Five', 'Five', 'office', 1, lower(${p.duplicateCode}), 'x', null),
    (6, ${p.checkFails}, 'Six', 'office', 3, 'code-6', ${p.checkFails}, ${p.checkExpression} || ' '),
    (7, 'Seven', 'Seven', 'office', 1, 'code-7', 'x', null);
  update people set sheet = '{"broken": "' || ${p.brokenJson} where id = 7;
  update people set email = ${p.emailLocal} || '@', reach = ${p.emailLocal} where id = 7;
  insert into households select 'Lane ' || i, 'Clan ' || i, i % 5 + 1 from generate_series(1, 40) i;
  insert into households values (${p.street}, ${p.composite}, 3);
  insert into visits select i, (array[1, 2, 10, 11, 12])[i % 5 + 1], timestamptz '2020-01-01 08:00+00' + i * interval '7 hours',
      i * 1.25, case when i % 9 = 0 then ${p.remark} end from generate_series(1, 300) i;
  insert into letters select i, 10 + i % 100, 'letter ' || i, (array['bill', 'note', 'card'])[i % 3 + 1] from generate_series(1, 90) i;
  insert into letters values (91, 9999, ${p.orphanNote}, 'bill');
  insert into settings values ('owner', ${p.fullName}), ('mail', ${p.email});
  analyze;`;

export async function makeClinic({ query }: Pick<TestDatabase, 'query'>): Promise<void> {
  await query(STRUCTURE);
  await query(ROWS);
}

/** The forms in which a value might leave: as it is, in any case, with other marks between its words, encoded. */
export function formsOf(value: string): string[] {
  const plain = value.normalize('NFKD').replace(/\p{M}/gu, '');
  const apart = [value, plain].flatMap((text) =>
    ['', ' ', '_', '-', '.', '+', '%20'].map((mark) => text.trim().replaceAll(/[\s_.-]+/g, mark)),
  );
  const bytes = Buffer.from(value);
  // a text inside a longer one that is encoded begins at one of three places
  const inside = [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return whole.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  const swapped = /^(\d{4})-(\d\d)-(\d\d)/.exec(value);
  const dates =
    swapped === null
      ? []
      : [`${swapped[3]}.${swapped[2]}.${swapped[1]}`, `${swapped[2]}/${swapped[3]}/${swapped[1]}`];
  const day = swapped === null ? [] : [swapped[0]];
  return [...new Set([value, ...apart, ...inside, bytes.toString('hex'), ...dates, ...day])]
    .map((form) => form.toLowerCase())
    .filter((form) => form.length >= 4);
}

const wanted = Object.entries(planted).map(([name, value]) => ({ name, forms: formsOf(value) }));
/** One look for all of them: most texts hold none. */
const anyForm = new RegExp(
  wanted.flatMap(({ forms }) => forms.map((form) => form.replaceAll(/[^\w ]/g, '\\$&'))).join('|'),
);

/** Names of the planted values that stand in a text, with the form that was found. */
export function foundIn(text: string): string[] {
  const lower = text.toLowerCase();
  if (!anyForm.test(lower)) return [];
  return wanted.flatMap(({ name, forms }) => {
    const form = forms.find((candidate) => lower.includes(candidate));
    return form === undefined ? [] : [`${name} as “${form}” in …${around(lower, form)}…`];
  });
}

function around(text: string, form: string): string {
  const at = text.indexOf(form);
  return text.slice(Math.max(0, at - 60), at + form.length + 40).replaceAll(/\s+/g, ' ');
}
