/** What the old database did besides keeping rows and the new one will not do, in words for the people who sign the plan. */
import type { Catalog } from '../schema/catalog.ts';
import type { CatalogObject, ObjectKind } from '../schema/catalog-objects.ts';
import type { PlanFile } from './plan-file.ts';

type Risk = PlanFile['risks'][number];

/** Kinds that something may stop working without, one and several. */
const DOING: Readonly<Partial<Record<ObjectKind, readonly [one: string, several: string]>>> = {
  trigger: ['trigger', 'triggers'],
  rule: ['rule that rewrites statements', 'rules that rewrite statements'],
  policy: ['row-level security policy', 'row-level security policies'],
  exclusion: ['rule against overlaps', 'rules against overlaps'],
  'event-trigger': ['event trigger', 'event triggers'],
  publication: ['publication', 'publications'],
  subscription: ['subscription', 'subscriptions'],
};

export function risksOfObjects({ objects = [] }: Pick<Catalog, 'objects'>): Risk[] {
  const of = (kind: ObjectKind) => objects.filter((item) => item.kind === kind);
  const doing = Object.entries(DOING).flatMap(([kind, [one, several]]) => {
    const { length } = of(kind as ObjectKind);
    return length === 0 ? [] : [`${length.toLocaleString('en-US')} ${length === 1 ? one : several}`];
  });
  const schemas = of('schema');
  return [
    ...(doing.length === 0
      ? []
      : [
          {
            severity: 'medium' as const,
            text: `The old database does more than keep rows: ${listed(doing)}. None of it moves; the assessment says for each what to do (towpath analyze --report FILE).`,
          },
        ]),
    ...(schemas.length === 0
      ? []
      : [
          {
            severity: 'medium' as const,
            text: `Nothing moves of ${schemas.length === 1 ? 'a schema that was' : 'schemas that were'} not looked into: ${listed(schemas.map(named))}.`,
          },
        ]),
    ...of('large-objects').map(
      ({ what }): Risk => ({
        severity: 'high',
        text: `The old database keeps ${what}. They do not move, so numbers that point at them lead nowhere.`,
      }),
    ),
    ...(of('foreign-table').length === 0
      ? []
      : [
          {
            severity: 'medium' as const,
            text: `Rows of ${listed(of('foreign-table').map(named))} are kept by another server and do not move.`,
          },
        ]),
  ];
}

function named({ schema, name }: CatalogObject): string {
  return schema === null || schema === 'public' ? name : `${schema}.${name}`;
}

/** `a, b and c`; long lists are cut. */
function listed(names: readonly string[]): string {
  if (names.length > 6) return `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
