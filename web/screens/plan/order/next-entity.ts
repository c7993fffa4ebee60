/** Where an arrow key leads in the picture: sideways along a line, up and down to what stands nearest there. */
import type { Picture, Placed } from './picture-layout.ts';

const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const;
type ArrowKey = (typeof keys)[number];

export const isArrowKey = (key: string): key is ArrowKey => (keys as readonly string[]).includes(key);

/** Null: there is nothing further in that direction. */
export function nextEntity({ levels }: Picture, from: string, key: ArrowKey): string | null {
  const all = levels.flatMap(({ entities }) => entities);
  const at = all.findIndex(({ entity }) => entity.name === from);
  const here = all[at];
  if (here === undefined) return all[0]?.entity.name ?? null;
  if (key === 'Home') return all[0]!.entity.name;
  if (key === 'End') return all.at(-1)!.entity.name;
  if (key === 'ArrowLeft') return all[at - 1]?.entity.name ?? null;
  if (key === 'ArrowRight') return all[at + 1]?.entity.name ?? null;
  return nearest(all, here, key === 'ArrowDown' ? 1 : -1);
}

function nearest(all: readonly Placed[], here: Placed, way: 1 | -1): string | null {
  const beyond = all.filter(({ y }) => (y - here.y) * way > 0);
  if (beyond.length === 0) return null;
  const line = beyond.reduce(
    (best, { y }) => (Math.abs(y - here.y) < Math.abs(best - here.y) ? y : best),
    beyond[0]!.y,
  );
  const middle = ({ x, width }: Placed) => x + width / 2;
  const inLine = beyond.filter(({ y }) => y === line);
  return inLine.reduce((best, one) =>
    Math.abs(middle(one) - middle(here)) < Math.abs(middle(best) - middle(here)) ? one : best,
  ).entity.name;
}
