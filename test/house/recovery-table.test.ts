/**
 * docs/recovery-table.md is what the engine's table says.
 * `vitest run test/house/recovery-table.test.ts --update` writes it anew after the table changed.
 */
import { expect, test } from 'vitest';
import { FAULT_KINDS, type FaultKind, recoveryTable } from '../../engine/db/recovery-table.ts';
import {
  errnos,
  type KnownCode,
  ownCodes,
  sqlstateClasses,
  sqlstates,
} from '../../engine/db/sqlstate-table.ts';

const strategies = {
  stop: 'the run stops, with a checkpoint',
  'fail-entity': 'this kind of records waits, and what points at it; the others go on',
  retry: 'again, on the same connections',
  reconnect: 'again, on new connections',
  'smaller-batch': 'again, on new connections, half the rows at a time',
  'set-aside': 'the row is set aside with its reason',
  repair: 'the row is changed as the plan says; where it says nothing, set aside',
} as const;

const afterwards = {
  stop: 'the run stops',
  'fail-entity': 'this kind of records waits',
  'ask-server': 'it waits where both servers still let us in; else the run stops',
  'set-aside': 'the row is set aside',
} as const;

const HEAD = `# What follows an error

Errors are classed by SQLSTATE, errno or Towpath's own code, never by the words of a message. This page is made from the
table that the engine reads (\`engine/db/recovery-table.ts\`, \`engine/db/sqlstate-table.ts\`); a test holds the two together.
What to do about each of Towpath's own codes is in [what to do when something goes wrong](recovery.md).

Whatever the table or a handler says, no row is lost: it is moved, it is set aside with its reason, or it is still where it was.

- \`MAX_RETRY_ATTEMPTS\` (5) is how often work is tried again; a wait lies between half of what is told here and all of it, so
  that lanes do not come back as one. \`ERROR_RECOVERY_ENABLED=false\` tries nothing again; what the plan says of rows holds.
- Every attempt is an event (\`recovery.attempted\`, \`recovery.succeeded\`, \`recovery.gave-up\`; rows by \`recovery.rows\`) and a
  line of the log; how it ended is a row of \`towpath.migration_errors\` (\`kind\`, \`strategy\`, \`outcome\`, \`attempt\`), and the report
  counts it under “Put right without a person”.
- Programs that build upon the engine decide beside the table: \`openEngine({ …, errorHandlers })\`, each a \`match\` (kind, severity,
  code or SQLSTATE class, entity) and a \`decide\`. A handler chooses among these strategies. For rows it may only be stricter than
  the plan, and what is marked *fixed* stays.
`;

function codesOf(kind: FaultKind): string {
  const of = (table: Readonly<Record<string, KnownCode>>, write: (code: string) => string) =>
    Object.entries(table).flatMap(([code, [known]]) => (known === kind ? [write(code)] : []));
  return [
    ...of(sqlstates, (code) => code),
    ...of(sqlstateClasses, (code) => `${code}xxx`),
    ...of(errnos, (code) => code),
    ...Object.entries(ownCodes).flatMap(([code, known]) => (known === kind ? [code] : [])),
  ]
    .map((code) => `\`${code}\``)
    .join(' ');
}

function waits(kind: FaultKind): string {
  const { backoff, attempts } = recoveryTable[kind];
  if (backoff === null) return '';
  const seconds = (milliseconds: number) => `${milliseconds / 1000} s`;
  const often = attempts === null ? '' : `, ${attempts} attempts`;
  return `${seconds(backoff.first)}, ×${backoff.factor} up to ${seconds(backoff.longest)}${often}`;
}

function page(): string {
  const lines = FAULT_KINDS.map((kind) => {
    const rule = recoveryTable[kind];
    const fixed = 'fixed' in rule && rule.fixed ? ' *fixed*' : '';
    const then = rule.backoff === null ? '' : afterwards[rule.afterwards];
    const first =
      rule.strategy === 'fail-entity' && rule.afterwards === 'ask-server'
        ? `${strategies['fail-entity']}, where both servers still let us in`
        : strategies[rule.strategy];
    return `| \`${kind}\` | ${rule.words} | ${rule.severity} | ${first}${fixed} | ${waits(kind)} | ${then} | ${codesOf(kind)} |`;
  });
  return `${HEAD}
| kind | what it is | severity | what follows | waits | and if that does not help | codes |
|--|--|--|--|--|--|--|
${lines.join('\n')}

A code that is in no line is \`unknown\`. Codes of TLS belong to \`access-refused\`. Values that the plan's transforms cannot read count
as \`wrong-length-or-type\`, \`malformed-email\`, \`missing-parent\` or \`duplicate-key\` as well, though no server saw them.
`;
}

test('the page is the table', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/recovery-table.md');
});
