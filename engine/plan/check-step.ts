/** Rules over one transform alone: its patterns, words, zones and countries are such that it can be worked out. */
import type { Table } from '../schema/catalog.ts';
import type { PlanPath, Tell } from './finding.ts';
import { phoneNumbers } from './phone-numbers.ts';
import type { PlanColumn, Transform } from './plan-file.ts';
import type { SimpleTransform } from './plan-transform.ts';
import { readReplacement } from './replacement.ts';
import { templateParts } from './template-parts.ts';

interface StepPlace {
  readonly table: Table;
  readonly place: PlanPath;
  readonly tell: Tell;
}

export function checkStep(step: Transform, column: PlanColumn, at: StepPlace): void {
  const { place, tell } = at;
  switch (step.kind) {
    case 'template': {
      const { problem } = templateParts(step.text);
      if (problem !== null) tell(place, problem, 'Write {column} for a column, and {{ or }} for a brace.');
      return;
    }
    case 'replace': {
      const read = readReplacement(step);
      if (typeof read === 'string')
        tell(
          place,
          read,
          'Write a pattern of RE2: no look-around, no back-references; its groups are $1, $2 and so on.',
        );
      return;
    }
    case 'time-zone':
      if (!isZone(step.zone))
        tell(place, `There is no time zone named ${step.zone}.`, 'Use a name like UTC or Europe/Berlin.');
      return;
    case 'phone':
      if (step.country !== undefined && !phoneNumbers().isSupportedCountry(step.country))
        tell(place, `No country is called ${step.country}.`, 'Use two letters such as DE, GB or US.');
      return;
    case 'boolean':
      checkWords(step, at);
      return;
    case 'money':
      if (step.thousands !== undefined && step.thousands === (step.point ?? '.'))
        tell(
          place,
          'The decimal point cannot separate thousands too.',
          'Set point: "," or another separator.',
        );
      return;
    case 'mask':
      checkMask(step, at);
      return;
    case 'array':
      checkArray(step, column, at);
      return;
    default:
  }
}

/** A name, and no offset: servers and machines read the sign of `+02` differently. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function checkWords(words: Extract<Transform, { kind: 'boolean' }>, { place, tell }: StepPlace): void {
  const yes = new Set(words.true.map((word) => word.toLowerCase()));
  const both = words.false.find((word) => yes.has(word.toLowerCase()));
  if (both !== undefined)
    tell(place, `“${both}” counts as true and as false.`, 'Take it out of one of the lists.');
  if (words.true.length + words.false.length === 0)
    tell(place, 'No word counts as true or as false, so no value fits.', 'List the words.');
}

function checkMask(
  { style, with: instead, as }: Extract<Transform, { kind: 'mask' }>,
  { place, tell }: StepPlace,
): void {
  if (instead !== undefined && style !== 'redact')
    tell(place, `The style ${style} has no use for with.`, 'Take it out, or use the style redact.');
  if (as !== undefined && style !== 'fake')
    tell(place, `The style ${style} has no use for as.`, 'Take it out, or use the style fake.');
}

function checkArray(step: Extract<Transform, { kind: 'array' }>, column: PlanColumn, at: StepPlace): void {
  const { table, place, tell } = at;
  const each: readonly SimpleTransform[] = Array.isArray(step.each) ? step.each : [step.each];
  for (const inner of each) {
    checkStep(inner, column, at);
    if (inner.kind === 'email' && inner.unique)
      tell(place, 'Elements of a list cannot be checked for repeating.', 'Set unique: false.');
  }
  const source = table.columns.find(({ name }) => name === column.from)?.type;
  if (source === undefined) return;
  const isArray = source.kind === 'array' || source.sql.endsWith('[]');
  if (isArray && step.separator !== undefined)
    tell(place, `${column.from} is a list already.`, 'Take the separator out.');
  if (!isArray && step.separator === undefined && source.kind !== 'domain')
    tell(
      place,
      `${column.from} is ${source.sql}, which is no list.`,
      'Say with separator what separates its elements, or take array out.',
    );
}
