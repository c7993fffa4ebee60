/** Words of the trade in words of the office. The engineers' definitions are in docs/glossary.md. */

export interface Term {
  readonly term: string;
  readonly meaning: string;
  /** Other words for it that people use. */
  readonly also: readonly string[];
}

export const terms: readonly Term[] = [
  term(
    'source',
    'Your old system’s database. It is only read, never changed.',
    'old system',
    'old database',
    'legacy',
  ),
  term(
    'target',
    'The new system’s database, where your records move to.',
    'new system',
    'new database',
    'supabase',
  ),
  term('table', 'One kind of record in the database, like one drawer of a filing cabinet.', 'tables'),
  term(
    'column',
    'One field that every record of a kind has, such as a birth date.',
    'field',
    'columns',
    'fields',
  ),
  term('row', 'One record, such as one patient.', 'record', 'rows', 'records'),
  term(
    'entity',
    'One kind of record that is moved, such as patients or orders.',
    'entities',
    'kind of record',
  ),
  term(
    'catalog',
    'What was found when the old database was looked at: kinds of records, fields, numbers.',
    'analysis',
  ),
  term(
    'plan',
    'The written agreement about what becomes of every kind of record and every field. Only what it says happens.',
  ),
  term(
    'mapping',
    'The part of the plan that says which old field becomes which new field, and how.',
    'mappings',
  ),
  term(
    'transform',
    'The rule by which an old value becomes the new one, such as trimming spaces.',
    'transformation',
    'rule',
  ),
  term(
    'code',
    'A few lines that work out fields which no ready-made rule can make. They stand in the plan, are approved with it, are given one record at a time, and run in the sandbox only.',
    'transform code',
    'typescript',
  ),
  term(
    'sandbox',
    'Where code of the plan runs: a container without network, without files and without rights, with little memory and little time. It sees the record that it works on and nothing else, and can reach nothing. It needs Docker; a plan without code does not need it.',
    'container',
    'the sandbox',
  ),
  term(
    'Docker',
    'A program that shuts others into containers. Towpath needs it for one thing only: to run code that stands in the plan. Where it is missing, a plan with code is refused and one without code moves as always. To get it: install Docker, start it, let this user use it; “towpath sandbox doctor” says what is missing.',
  ),
  term(
    'level',
    'A step of the move. What others refer to moves first, so patients before their orders.',
    'levels',
    'step',
  ),
  term(
    'reference',
    'A record’s pointer to another one, such as an order’s patient.',
    'foreign key',
    'link',
    'references',
  ),
  term('primary key', 'The number or id by which a record is known and told from all others.', 'key', 'id'),
  term(
    'uuid',
    'A long id such as 3f2c…, used by the new system in place of the old running numbers. The old number is kept beside it.',
    'new id',
  ),
  term(
    'preflight',
    'Checks made before anything starts: can both databases be reached, are the rights and the room there.',
    'checks',
  ),
  term(
    'rehearsal',
    'A try-out with a sample of real records in a corner that is removed afterwards. The new system itself is not touched.',
    'dry run',
    'test run',
    'rehearse',
  ),
  term(
    'rehearsal under faults',
    'A rehearsal that moves the same sample again and again while its connections break, batches fail and its process is stopped, and compares all records each time.',
    'chaos',
    'chaos rehearsal',
  ),
  term(
    'approval',
    'Your yes to one thing: one plan, so many records, once, for a limited time. Nobody else’s words count as one.',
    'approve',
  ),
  term('run', 'One execution of the plan. It can be paused and continued.', 'migration', 'move'),
  term('batch', 'A portion of records that is moved as one: all of it or nothing.', 'batches'),
  term(
    'checkpoint',
    'The point from which a stopped move continues. Everything before it is safely in the new system.',
  ),
  term(
    'gate',
    'The check at the end of each level. The next one begins only when it is passed.',
    'closed gate',
  ),
  term(
    'quarantine',
    'Where records wait that did not fit. They are kept whole, with the reason, and are not lost.',
    'set aside',
    'quarantined',
  ),
  term(
    'repair',
    'A value that was changed by a rule of the plan because it did not fit; the old value is recorded.',
    'repaired',
  ),
  term(
    'validation',
    'Comparing old and new after the move, record by record and value by value.',
    'validate',
    'verified',
    'check',
  ),
  term('finding', 'One difference that the comparison found.', 'difference', 'findings'),
  term(
    'rollback',
    'Taking out of the new system what a move put there, and nothing else.',
    'undo',
    'roll back',
  ),
  term('drift', 'The old database has changed since the plan was made, so the plan may no longer fit.'),
  term(
    'placeholder',
    'A made-up value in place of one that cannot be used, such as an e-mail address that is taken twice.',
  ),
  term('sign-off', 'Your signature under the result, as it stands in the report.', 'sign', 'sign off'),
  term(
    'cutover',
    'The moment when everybody stops using the old system and starts using the new one.',
    'go live',
  ),
];

/** The term meant by a word, whatever its case, also by its other names. */
export function findTerm(word: string): Term | null {
  const wanted = word
    .trim()
    .toLowerCase()
    .replaceAll(/[“”"'?.]/g, '');
  return terms.find(({ term: name, also }) => name.toLowerCase() === wanted || also.includes(wanted)) ?? null;
}

function term(name: string, meaning: string, ...also: string[]): Term {
  return { term: name, meaning, also };
}
