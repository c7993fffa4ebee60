/** Where personal data is kept. What happens to it, and who sees it, is the privacy question. */
import type { PatternTable } from './pattern-table.ts';

/** As people call them → kinds of the analysis. Compared from the first. */
export const kindsSaid: readonly (readonly [RegExp, readonly string[]])[] = [
  [/mail/, ['email']],
  [/phone|mobile|fax/, ['phone']],
  [/birth/, ['birth-date']],
  [/bank|iban|card number|credit card/, ['bank']],
  [/identity|passport|social security|national id|tax number/, ['national-id']],
  [/ip address|network address|device/, ['online']],
  [/address|street|postcode|zip/, ['address']],
  [/password|secret|token|key/, ['secret']],
  [/note|comment|free text|remark/, ['free-text']],
  [/name/, ['name']],
];

const whose = ['people', 'patients', 'customers', 'users', 'doctors'];
const kindNames = [
  ...['emails', 'email', 'email address', 'email addresses', 'mail addresses'],
  ...['phones', 'phone numbers', 'phone number', 'telephone numbers', 'mobile numbers'],
  ...['bank accounts', 'bank details', 'ibans', 'card numbers', 'credit card numbers'],
  ...[
    'national ids',
    'passport numbers',
    'passports',
    'social security numbers',
    'tax numbers',
    'ip addresses',
  ],
  ...['birthdays', 'birth dates', 'birthdates', 'birth date', 'dates of birth'],
  ...[
    'addresses',
    'postal addresses',
    'home addresses',
    'streets',
    'passwords',
    'secrets',
    'free texts',
    'names',
  ],
];
const kind = `(?<kind>${kindNames.flatMap((name) => [...whose.map((one) => `${name} of ${one}`), ...whose.map((one) => `${one}'s ${name}`), name]).join('|')})`;
const personal =
  "personal data|personal information|personal values|personal details|personal things|private data|private information|sensitive data|sensitive information|confidential data|data of people|people's data|pii";
const isPersonal = 'personal|private|sensitive|confidential|pii|personal data|hidden|masked';
const fields = 'tables|table|fields|field|columns|column|kinds of records|records|data|places|ones';
const keep =
  'hold|holds|contain|contains|have|has|keep|keeps|store|stores|include|includes|carry|are with|with';
const kept =
  'kept|stored|saved|held|found|hidden|located|in it|there|in old database|in here|to be found|written|lying';

export const personalData: PatternTable = [
  [
    'personal-data',
    [
      `* (which|what) (${fields}) (${keep}) [any|some] (${personal}) [in it|in them|in old database]`,
      `* (which|what) (${fields}) (${keep}) [any|some] ${kind} [in it|in them|in old database]`,
      `* (which|what|where) [${fields}|of them|of it] (is|are) [marked as|marked|considered|thought to be] (${isPersonal}) [here|there|in it|in old database|data|ones]`,
      `* where (is|are|do you see|did you find|do we have|do we keep|do we store|is there|are there|can i find|do i find) [any|all] (${personal}) [${kept}]`,
      `* where (is|are|do you see|did you find|do we have|do we keep|do we store|can i find|do i find) [any|all] ${kind} [${kept}]`,
      `* where (${personal}) is [${kept}]`,
      `* where ${kind} are [${kept}]`,
      `(what|which|how much|is there|are there|do we have|did you find|does it have|does it contain) [any|some|kind of|sort of] (${personal}) [is there|is in it|do we have|did you find|there|${kept}]`,
      `* (show|list|find|name|point out) [me] [all|where|which] [fields with|tables with|columns with|fields of|tables that have|fields that hold] (${personal}) [${fields}|is|fields are|is ${kept.replaceAll('|', '|is ')}]`,
      `(show|list|find|see|name) [me] [all] (${isPersonal}) (${fields})`,
      `what (do|did|will) you (hide|mask)`,
      `(${personal}|personal fields|private fields|sensitive fields)`,
    ],
  ],
];
