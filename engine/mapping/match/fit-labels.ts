/** Codes and words of the source as the labels of an enumeration of the target, or as true and false. */
import type { PlanColumn, Transform } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Catalog, Column } from '../../schema/catalog.ts';
import { listedWords } from './listed-words.ts';
import { likeness, nameOf } from './name-likeness.ts';
import type { TypeFit, TypePlace } from './type-fit.ts';

const TRUE = ['t', 'true', 'y', 'yes', 'on', '1', 'active', 'enabled'];
const FALSE = ['f', 'false', 'n', 'no', 'off', '0', 'inactive', 'disabled'];

/** Null where the column has no values that could be told apart. */
export function fitLabels(
  source: Column,
  suggested: PlanColumn,
  target: Column,
  place: TypePlace,
): TypeFit | null {
  if (target.type.name === 'bool') return asTruth(source);
  return asLabels(source, suggested, wordsFor(target, place), place.source);
}

/** Words that a column of the target may hold: labels of its type, or those that a rule of its table lists. */
export function wordsFor(column: Column, { target, targetTable }: TypePlace): readonly string[] {
  return column.type.kind === 'enum' ? labelsOf(target, column) : listedWords(targetTable, column.name);
}

function labelsOf(catalog: Catalog, { type }: Column): readonly string[] {
  return catalog.enums.find((item) => item.schema === type.schema && item.name === type.name)?.labels ?? [];
}

function asLabels(
  source: Column,
  suggested: PlanColumn,
  labels: readonly string[],
  catalog: Catalog,
): TypeFit | null {
  if (labels.length === 0) return null;
  const choice = transformsOf(suggested).find((step): step is Choice => step.kind === 'choice');
  const values = valuesOf(source, choice, catalog);
  if (values === null) {
    if (
      !['text', 'varchar', 'bpchar', 'enum'].includes(source.type.kind === 'enum' ? 'enum' : source.type.name)
    )
      return null;
    // nobody has seen the values: the labels stand for themselves, anything else is set aside
    const map = Object.fromEntries(labels.map((label) => [label, label]));
    return {
      score: 0.6,
      transform: { kind: 'choice', map, unknown: 'quarantine' },
      reason: `its words as they are: ${labels.slice(0, 6).join(', ')}`,
      unknown: [],
    };
  }
  const map: Record<string, string> = {};
  const unknown: string[] = [];
  for (const [value, word] of values) {
    const label = labelFor(word, labels);
    if (label === null) unknown.push(value);
    else map[value] = label;
  }
  if (Object.keys(map).length === 0) return null;
  for (const label of labels) if (source.type.kind !== 'base' || !isNumber(source)) map[label] ??= label;
  const known = values.length - unknown.length;
  return {
    score: 0.5 + (0.5 * known) / values.length,
    transform: { kind: 'choice', map, unknown: 'quarantine' },
    reason: `${known} of ${values.length} values are labels there`,
    unknown,
  };
}

type Choice = Extract<Transform, { kind: 'choice' }>;

/** Each value of the source with the word for it; null where they are not known. */
function valuesOf(source: Column, choice: Choice | undefined, catalog: Catalog): [string, string][] | null {
  if (choice) return Object.entries(choice.map);
  if (source.type.kind === 'enum') return labelsOf(catalog, source).map((label) => [label, label]);
  const codes = source.profile?.codes;
  return codes && codes.length > 0 ? codes.map(({ value }) => [value, value]) : null;
}

function labelFor(word: string, labels: readonly string[]): string | null {
  const exact = labels.find((label) => label === word);
  if (exact !== undefined) return exact;
  const name = nameOf(word);
  const ranked = labels
    .map((label) => ({ label, score: likeness(name, nameOf(label)).score }))
    .sort((a, b) => b.score - a.score);
  return ranked[0] && ranked[0].score >= 0.9 ? ranked[0].label : null;
}

function isNumber({ type }: Column): boolean {
  return ['int2', 'int4', 'int8', 'numeric'].includes(type.name);
}

function asTruth(source: Column): TypeFit | null {
  const way = (score: number, transform: Transform, reason: string, unknown: string[] = []): TypeFit => ({
    score,
    transform,
    reason,
    unknown,
  });
  if (source.type.name === 'bool') return way(1, { kind: 'copy' }, 'same type');
  const codes = source.profile?.codes?.map(({ value }) => value) ?? [];
  if (codes.length === 0 || codes.length > 6) return null;
  const read = (words: readonly string[]) =>
    codes.filter((code) => words.includes(code.trim().toLowerCase()));
  const [yes, no] = [read(TRUE), read(FALSE)];
  const unknown = codes.filter((code) => !yes.includes(code) && !no.includes(code));
  if (yes.length === 0 || no.length === 0 || unknown.length > 0) return null;
  return way(
    0.9,
    { kind: 'boolean', true: yes, false: no },
    `${yes.join(', ')} is true, ${no.join(', ')} is false`,
  );
}
