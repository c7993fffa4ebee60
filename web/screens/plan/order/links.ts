/** What an entity needs, and what needs it. */
import type { PicturedEntity } from '../../../../server/shapes/plan.ts';

export interface Link {
  readonly entity: PicturedEntity;
  /** Filled in once both have moved. */
  readonly later: boolean;
}

interface Links {
  readonly needs: readonly Link[];
  readonly neededBy: readonly Link[];
  /** Its rows point at each other. */
  readonly itself: boolean;
}

export function linksOf(picture: readonly PicturedEntity[], name: string): Links {
  const byName = new Map(picture.map((entity) => [entity.name, entity]));
  const own = byName.get(name)?.references ?? [];
  return {
    needs: own.flatMap(({ entity, later }) => {
      const found = byName.get(entity);
      return found === undefined || entity === name ? [] : [{ entity: found, later }];
    }),
    neededBy: picture.flatMap((entity) => {
      const link = entity.references.find((reference) => reference.entity === name);
      return link === undefined || entity.name === name ? [] : [{ entity, later: link.later }];
    }),
    itself: own.some(({ entity }) => entity === name),
  };
}

/** What to show first: what waits for an answer, then what is least sure, then the largest. */
export function firstChosen(picture: readonly PicturedEntity[]): string | null {
  const weight = ({ questions, unsure, rows }: PicturedEntity) =>
    questions.length * 1e15 + unsure * 1e12 + rows;
  return picture.toSorted((a, b) => weight(b) - weight(a))[0]?.name ?? null;
}

export function isNamed({ title, from, to, name }: PicturedEntity, search: string): boolean {
  const shown = [title, from, to, name].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => shown.includes(word));
}
