/**
 * Where everything stands in the picture: levels from top to bottom, entities of a level side by side and wrapped where the
 * card ends, so that nothing is smaller than it can be read. dagre says in which order they stand with the fewest crossings;
 * its own places are not used, since they make a picture of many levels wider than any screen.
 */
import dagre from '@dagrejs/dagre';
import type { PicturedEntity } from '../../../../server/shapes/plan.ts';

export const sizes = {
  node: 36,
  gap: 8,
  line: 46,
  betweenLevels: 14,
  left: 64,
  right: 184,
} as const;

export interface Placed {
  readonly entity: PicturedEntity;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface PlacedLevel {
  readonly level: number;
  readonly rows: number;
  /** Of its first line. */
  readonly y: number;
  readonly entities: readonly Placed[];
}

export interface Picture {
  readonly levels: readonly PlacedLevel[];
  readonly height: number;
}

/** `width` of the whole, in pixels; `measure` the width of a text. */
export function layOut(
  entities: readonly PicturedEntity[],
  width: number,
  measure: (title: string) => number,
): Picture {
  const order = orderOf(entities);
  const levels: PlacedLevel[] = [];
  let y = 0;
  const byLevel = Map.groupBy(entities, ({ level }) => level);
  for (const [level, members] of [...byLevel].toSorted(([a], [b]) => a - b)) {
    const sorted = members.toSorted((a, b) => order.get(a.name)! - order.get(b.name)!);
    const placed = placeLines(sorted, { y, end: Math.max(width - sizes.right, 320), measure });
    levels.push({ level, rows: members.reduce((sum, { rows }) => sum + rows, 0), y, entities: placed });
    y = placed.at(-1)!.y + sizes.line + sizes.betweenLevels;
  }
  return { levels, height: Math.max(0, y - sizes.betweenLevels) };
}

interface Lines {
  readonly y: number;
  readonly end: number;
  readonly measure: (title: string) => number;
}

function placeLines(entities: readonly PicturedEntity[], { y: top, end, measure }: Lines): Placed[] {
  let x = sizes.left;
  let y = top;
  return entities.map((entity) => {
    const width = Math.min(measure(entity.title), end - sizes.left);
    if (x > sizes.left && x + width > end) {
      x = sizes.left;
      y += sizes.line;
    }
    const placed = { entity, x, y, width };
    x += width + sizes.gap;
    return placed;
  });
}

/** Place of each among its level. */
function orderOf(entities: readonly PicturedEntity[]): ReadonlyMap<string, number> {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name } of entities) graph.setNode(name, { width: 100, height: 30 });
  for (const { name, references } of entities)
    for (const { entity, later } of references)
      if (!later && entity !== name && graph.hasNode(entity)) graph.setEdge(entity, name);
  dagre.layout(graph);
  return new Map(entities.map(({ name }) => [name, graph.node(name).x ?? 0]));
}
