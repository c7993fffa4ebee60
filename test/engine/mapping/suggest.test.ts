import { describe, expect, test } from 'vitest';
import { parseChoices } from '../../../engine/mapping/suggest-choices.ts';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { checkPlan } from '../../../engine/plan/check-plan.ts';
import type { PlanColumn } from '../../../engine/plan/plan-file.ts';
import { targetTables } from '../../../engine/plan/target-schema.ts';
import type { Catalog, Column, ColumnProfile } from '../../../engine/schema/catalog.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { catalog, column, type TableSpec } from '../schema/build-catalog.ts';
import { withSource } from '../schema/open-source.ts';

function suggest(columns: readonly Column[], more: Partial<TableSpec> = {}, change: Partial<Catalog> = {}) {
  const source = {
    ...catalog([{ name: 'things', columns: [column('id'), ...columns], ...more }]),
    ...change,
  };
  const plan = createPlan(source, { migration: 'x', today: '2026-01-02' });
  const entity = plan.entities[0]!;
  const of = (to: string): PlanColumn | undefined => entity.columns.find((item) => item.to === to);
  return { entity, of, plan, source };
}

function typed(name: string, type: Partial<Column['type']>, change: Partial<Column> = {}): Column {
  const base = column(name, type.name ?? 'text', change);
  return { ...base, type: { ...base.type, ...type } };
}

function profile(change: Partial<ColumnProfile>): ColumnProfile {
  return {
    sampledRows: 100,
    nullRate: 0,
    distinct: 3,
    distinctIsExact: true,
    min: null,
    max: null,
    maxLength: null,
    patterns: {},
    codes: null,
    personal: null,
    ...change,
  };
}

describe('comments that explain codes', () => {
  test.each([
    ['choices: 0=new, 1=in progress', { 0: 'new', 1: 'in progress' }],
    ['0 = new; 1 = done.', { 0: 'new', 1: 'done' }],
    ["1: 'a', 2: 'b'", { 1: 'a', 2: 'b' }],
    ['-1 => gone\n0 => here', { '-1': 'gone', 0: 'here' }],
  ])('%s', (comment, map) => {
    expect(parseChoices(comment)).toEqual(map);
  });

  test.each([
    'the status of the order',
    '0=new',
    '0=new, 0=old',
    '0=new, 1=new',
    'see http://x.invalid/a=b, or c',
    '',
    'a = b + c, then more',
  ])('%s explains nothing', (comment) => {
    expect(parseChoices(comment)).toBeNull();
  });
});

describe('types', () => {
  test.each<[string, Partial<Column['type']>, Partial<PlanColumn>]>([
    [
      'timestamp',
      { name: 'timestamp', sql: 'timestamp(3) without time zone' },
      { type: 'timestamp with time zone', transform: { kind: 'time-zone', zone: 'UTC' } },
    ],
    [
      'timestamptz',
      { name: 'timestamptz', sql: 'timestamp with time zone' },
      { type: 'timestamp with time zone', transform: { kind: 'copy' } },
    ],
    ['json', { name: 'json', sql: 'json' }, { type: 'jsonb', transform: { kind: 'json' } }],
    [
      'citext',
      { name: 'citext', sql: 'citext', schema: 'public' },
      { type: 'text', transform: { kind: 'cast' } },
    ],
    ['unbounded varchar', { name: 'varchar', sql: 'character varying' }, { type: 'text' }],
    ['oid', { name: 'oid', sql: 'oid' }, { type: 'bigint', transform: { kind: 'cast' } }],
    ['inet', { name: 'inet', sql: 'inet' }, { type: 'inet', transform: { kind: 'copy' } }],
    [
      'array',
      { name: '_int4', sql: 'integer[]', kind: 'array', of: 'int4' },
      { type: 'integer[]', transform: { kind: 'copy' } },
    ],
  ])('%s', (_, type, expected) => {
    expect(suggest([typed('value', type)]).of('value')).toMatchObject(expected);
  });

  test('an enumeration becomes text with a check of its words', () => {
    const enums = [{ schema: 'public', name: 'mood', labels: ['sad', "it's ok"] }];
    const { of, entity } = suggest(
      [typed('mood', { name: 'mood', sql: 'mood', schema: 'public', kind: 'enum' })],
      {},
      { enums },
    );
    expect(of('mood')).toMatchObject({ type: 'text', transform: { kind: 'cast' } });
    expect(entity.checks).toEqual([
      { name: 'things_mood_check', expression: `"mood" in ('sad', 'it''s ok')` },
    ]);
  });

  test('a domain becomes what it is made of', () => {
    const domains = [
      { schema: 'public', name: 'price', baseType: 'numeric(9,2)', notNull: false, checks: [] },
    ];
    const { of } = suggest(
      [typed('price', { name: 'price', sql: 'price', schema: 'public', kind: 'domain', of: 'numeric' })],
      {},
      { domains },
    );
    expect(of('price')!.type).toBe('numeric(9,2)');
  });

  test('the rules of a domain become checks of its columns, where any server understands them', () => {
    const domains = [
      {
        schema: 'public',
        name: 'price',
        baseType: 'public.amount',
        notNull: false,
        checks: ["CHECK (((VALUE)::text <> 'VALUE'::text))", 'CHECK (public.is_fair(VALUE))'],
      },
      {
        schema: 'public',
        name: 'amount',
        baseType: 'numeric(9,2)',
        notNull: false,
        checks: [
          'CHECK ((VALUE > (0)::numeric))',
          'CHECK ((VALUE < 9)) NOT VALID',
          "CHECK (VALUE <> '1'::public.x)",
        ],
      },
    ];
    const base = { schema: 'pg_catalog', name: 'numeric', kind: 'base' as const, sql: 'numeric(9,2)' };
    const { entity } = suggest(
      [
        typed('price', {
          name: 'price',
          sql: 'price',
          schema: 'public',
          kind: 'domain',
          of: 'numeric',
          base,
        }),
      ],
      {},
      { domains },
    );
    expect(entity.checks).toEqual([
      { name: 'things_price_rule', expression: `(("price")::text <> 'VALUE'::text)` },
      { name: 'things_price_rule_2', expression: '("price" > (0)::numeric)' },
    ]);
  });

  test.each<[string, Partial<Column['type']>, Partial<PlanColumn>]>([
    [
      'a type of an extension',
      { name: 'geometry', sql: 'geometry', schema: 'public' },
      { type: 'text', transform: { kind: 'cast' } },
    ],
    [
      'pairs',
      { name: 'hstore', sql: 'hstore', schema: 'public' },
      { type: 'jsonb', transform: { kind: 'cast' } },
    ],
    [
      'a row as a value',
      { name: 'pair', kind: 'composite', schema: 'public' },
      { type: 'jsonb', transform: { kind: 'cast' } },
    ],
    [
      'a row that JSON would change',
      { name: 'pair', kind: 'composite', schema: 'public', textOnly: true },
      { type: 'text', transform: { kind: 'cast' } },
    ],
    ['money', { name: 'money', sql: 'money' }, { type: 'numeric', transform: { kind: 'cast' } }],
    [
      'spans of the database itself',
      { name: 'speeds', kind: 'range', schema: 'public' },
      { type: 'text', transform: { kind: 'cast' } },
    ],
  ])('%s has a form that loses nothing', (_, type, expected) => {
    expect(suggest([typed('value', type)]).of('value')).toMatchObject(expected);
  });

  test('what the target has no type for goes to metadata, and is counted', () => {
    const { of } = suggest([typed('what', { name: 'what', kind: 'pseudo', schema: 'public' })]);
    expect(of('metadata')!.transform).toEqual({ kind: 'metadata', columns: ['what'] });
  });
});

describe('names', () => {
  test('columns that are called like our own give way', () => {
    const { entity } = suggest([
      column('legacy_id'),
      column('metadata', 'jsonb'),
      column('created_at', 'text'),
      column('updatedAt', 'timestamptz'),
      column('xmin', 'text'),
      column('Zip Code', 'text'),
      column('zip_code', 'text'),
      column('ü', 'int4'),
      column('2nd', 'int4'),
    ]);
    expect(entity.columns.map((item) => [item.from, item.to])).toEqual([
      [undefined, 'id'],
      ['id', 'legacy_id'],
      ['legacy_id', 'source_legacy_id'],
      ['metadata', 'source_metadata'],
      ['created_at', 'created_at'],
      ['updatedAt', 'source_updated_at'],
      ['xmin', 'source_xmin'],
      ['Zip Code', 'zip_code'],
      ['zip_code', 'source_zip_code'],
      ['ü', 'u'],
      ['2nd', 'c_2nd'],
      [undefined, 'metadata'],
    ]);
  });

  test('times of making and changing under other names', () => {
    const { of } = suggest([column('created', 'timestamp'), column('last_modified', 'timestamptz')]);
    expect(of('created_at')!.from).toBe('created');
    expect(of('updated_at')!.from).toBe('last_modified');
  });

  test('a reference ends in _id, and a key that is a reference is both', () => {
    const { entity } = suggest([column('user')], {
      key: ['user'],
      references: { user: 'things', boss: 'things' },
    }).plan.entities[0]
      ? suggest([], { references: { boss: 'things' } })
      : { entity: null! };
    expect(entity.columns.map((item) => item.to)).toEqual(['id', 'legacy_id', 'boss_id', 'metadata']);
    const shared = createPlan(
      catalog([
        { name: 'users' },
        { name: 'doctors', columns: [column('user_id')], key: ['user_id'], references: { user_id: 'users' } },
      ]),
      { migration: 'x' },
    );
    const doctors = shared.entities.find((item) => item.name === 'doctors')!;
    expect(doctors.columns.filter((item) => item.from === 'user_id').map((item) => item.to)).toEqual([
      'legacy_id',
      'user_id',
    ]);
  });
});

describe('care with what is not known', () => {
  test('codes that nobody explained stay numbers, with a note', () => {
    const codes = [
      { value: '1', count: 60 },
      { value: '2', count: 40 },
    ];
    const { of, entity } = suggest([column('status', 'int2', { profile: profile({ codes }) })]);
    expect(of('status')).toMatchObject({ type: 'smallint', transform: { kind: 'copy' } });
    expect(entity.notes.join()).toContain('status looks like a code that nobody explained');
  });

  test('a standard explains the sexes, unless the values say otherwise', () => {
    const fits = suggest([
      column('sex', 'int2', {
        profile: profile({
          codes: [
            { value: '1', count: 999 },
            { value: '7', count: 1 },
          ],
        }),
      }),
    ]);
    expect(fits.of('sex')!.transform).toMatchObject({ kind: 'choice', map: { 1: 'male', 2: 'female' } });
    const not = suggest([
      column('sex', 'int2', {
        profile: profile({
          codes: [
            { value: '1', count: 50 },
            { value: '7', count: 50 },
          ],
        }),
      }),
    ]);
    expect(not.of('sex')!.type).toBe('smallint');
  });

  test('an unknown database gets no rule stricter than its own', () => {
    const { of } = suggest([
      column('zip', 'text'),
      column('title', 'text'),
      column('rating', 'int2'),
      column('birth_date', 'date'),
      column('currency', 'text', {
        nullable: true,
        profile: profile({ codes: [{ value: 'EUR', count: 100 }] }),
      }),
    ]);
    expect([of('zip')!.type, of('title')!.type]).toEqual(['text', 'text']);
    expect([of('rating')!.range, of('birth_date')!.range]).toEqual([undefined, undefined]);
    expect(of('currency')!.nullable).toBe(true);
  });

  test('mixed addresses stay as they are; a sign-in address is put right', () => {
    const mixed = column('email', 'text', { profile: profile({ patterns: { email: 0.8 } }) });
    expect(suggest([mixed]).of('email')!.transform).toEqual({ kind: 'copy' });
    expect(suggest([mixed], { name: 'users' }).of('email')!.transform).toMatchObject({
      kind: 'email',
      unique: true,
    });
  });

  test('money without a scale is given one only where the values bear it', () => {
    const fine = column('amount', 'numeric', {
      profile: profile({ usualSize: { p90: 2, p99: 2 }, max: '1234567890123.00' }),
    });
    expect(suggest([fine]).of('amount')).toMatchObject({
      type: 'numeric(17,2)',
      transform: { kind: 'money', scale: 2 },
    });
    const rates = column('tax', 'numeric', { profile: profile({ usualSize: { p90: 6, p99: 6 } }) });
    expect(suggest([rates]).of('tax')).toMatchObject({ type: 'numeric', transform: { kind: 'copy' } });
  });

  test('password hashes are left out with a reason', () => {
    expect(suggest([column('password_hash', 'text')]).entity.leftOut).toMatchObject([
      { column: 'password_hash', reason: expect.stringContaining('users step') },
    ]);
  });

  test('a reference by several columns gets a column of its own; one to what is not moved keeps its values and says so', () => {
    const source = catalog([
      { name: 'lines', columns: [column('id'), column('a'), column('b'), column('group_id')] },
      { name: 'pairs', columns: [column('a'), column('b')], key: ['a', 'b'] },
      { name: 'auth_group', housekeeping: { framework: 'Django', reason: 'x' } },
    ]);
    const [lines] = source.tables;
    const keys = [
      {
        name: 'f',
        columns: ['a', 'b'],
        references: { schema: 'public', name: 'pairs', columns: ['a', 'b'] },
        onDelete: 'no action' as const,
        validated: true,
      },
      {
        name: 'g',
        columns: ['group_id'],
        references: { schema: 'public', name: 'auth_group', columns: ['id'] },
        onDelete: 'no action' as const,
        validated: true,
      },
    ];
    const plan = createPlan(
      { ...source, tables: [{ ...lines!, foreignKeys: keys }, ...source.tables.slice(1)] },
      { migration: 'x' },
    );
    const entity = plan.entities.find((item) => item.name === 'lines')!;
    expect(entity.columns.find((item) => item.to === 'group_id')).toMatchObject({
      type: 'integer',
      reason: 'refers to auth_group, which is not moved; the old value is kept',
    });
    expect(entity.columns.find((item) => item.to === 'pair_id')).toMatchObject({
      type: 'uuid',
      transform: {
        kind: 'reference',
        entity: 'pairs',
        match: { columns: ['a', 'b'], parentColumns: ['a', 'b'] },
      },
    });
    expect(entity.columns.flatMap((item) => item.from ?? [])).toEqual(expect.arrayContaining(['a', 'b']));
  });
});

test('checks go along where their columns stay what they are', () => {
  const checks = [
    { name: 'positive', definition: 'CHECK ((quantity > 0))', columns: ['quantity'] },
    { name: 'called', definition: 'CHECK (is_fine(quantity))', columns: ['quantity'] },
    { name: 'about_time', definition: "CHECK ((at > '2000-01-01'::date))", columns: ['at'] },
    { name: 'late', definition: 'CHECK ((quantity < 9)) NOT VALID', columns: ['quantity'] },
  ];
  const { entity } = suggest([column('quantity'), column('at', 'timestamp')], { checks });
  expect(entity.checks).toEqual([{ name: 'positive', expression: '(quantity > 0)' }]);
});

test('unique keys and indexes go along under names of their own', () => {
  const index = (name: string, columns: string[] | null, change = {}) => ({
    name,
    columns,
    unique: false,
    partial: false,
    definition: 'CREATE INDEX x ON t USING btree (y)',
    ...change,
  });
  const { entity, plan } = suggest([column('a'), column('b'), column('c')], {
    references: { boss_id: 'things' },
    uniques: [{ name: 'u', columns: ['a', 'b'] }],
    indexes: [
      index('i1', ['a']),
      index('i2', ['c']),
      index('i3', ['boss_id']),
      index('i4', null),
      index('i5', ['b'], { partial: true }),
      index('i6', ['b', 'c'], { unique: true }),
      index('i7', ['c', 'a']),
      index('i8', ['b'], { definition: 'USING gin (b)' }),
    ],
  });
  expect(entity.uniques.map((key) => key.columns)).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ]);
  expect(entity.indexes.map((item) => item.columns)).toEqual([['c', 'a']]);
  const [made] = targetTables(plan);
  expect(made!.indexes.map((item) => item.name)).toEqual(['things_c_a_idx', 'things_boss_id_idx']);
});

describe('a hostile schema', () => {
  const legacy = useTestDatabase();
  const target = useTestDatabase();

  test('gets a valid plan whose DDL can be applied', async () => {
    const long = 'ä'.repeat(31);
    const many = Array.from({ length: 1590 }, (_, i) => `c${i} int`).join(', ');
    await legacy.query(`
      create table "${long}" ("${long}" int primary key, "select" text, "it's" int, "a""b" int, "A B" int, "a_b" int);
      create table "Order" (id int primary key, "order" int references "Order", legacy_id text, metadata xml, created_at text, "ID" int);
      create table "order" (id text primary key, parent text references "order");
      create table orders (a int, b int, pa int, pb int, primary key (a, b), foreign key (pa, pb) references orders (a, b));
      create table ring_a (id int primary key, ring_b_id int not null);
      create table ring_b (id int primary key, ring_c_id int not null, one int references ring_a, two int references ring_a);
      create table ring_c (id int primary key, ring_a_id int not null references ring_a);
      alter table ring_a add foreign key (ring_b_id) references ring_b; alter table ring_b add foreign key (ring_c_id) references ring_c;
      create table wide (${many});
      create table empty ();
      create table by_code (code text unique not null, v int); create table uses_code (id int primary key, code text references by_code (code));
      create view everything as select * from "Order";`);
    const source = await withSource(legacy, (database) => introspect(database));
    const plan = createPlan(source, { migration: 'hostile' });
    expect(checkPlan(plan, source)).toEqual([]);
    for (const table of targetTables(plan)) {
      await target.query(table.create.sql);
      await target.query(table.primaryKey.sql);
      for (const statement of [...table.uniques, ...table.indexes]) await target.query(statement.sql);
    }
    for (const table of targetTables(plan))
      for (const statement of table.foreignKeys) await target.query(statement.sql);
    const codes = plan.entities.find((item) => item.name === 'uses_codes')!;
    expect(codes.columns.find((item) => item.from === 'code')).toMatchObject({
      to: 'code_id',
      transform: { kind: 'reference', entity: 'by_codes' },
    });
    expect(plan.excluded.map((item) => item.table)).toEqual(['empty', 'everything']);
    expect(plan.entities.flatMap((item) => item.deferred.map((name) => `${item.name}.${name}`))).toHaveLength(
      4,
    );
  });
});
