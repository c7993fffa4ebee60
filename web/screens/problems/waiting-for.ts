/** Titles of the kinds of records that point to this one: what is set aside here is missing there. */
import type { PicturedEntity } from '../../../server/shapes/plan.ts';

export function waitingFor(picture: readonly PicturedEntity[], name: string): string[] {
  return picture
    .filter((entity) => entity.name !== name && entity.references.some(({ entity: to }) => to === name))
    .map(({ title }) => title);
}
