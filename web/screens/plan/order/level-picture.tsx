/** The picture of the levels. Loaded when it is needed: React Flow and dagre are heavier than the rest of the page. */
import { type Edge, MarkerType, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { PicturedEntity } from '../../../../server/shapes/plan.ts';
import { linksOf } from './links.ts';
import { isArrowKey, nextEntity } from './next-entity.ts';
import { layOut, type Picture, sizes } from './picture-layout.ts';
import { nodeTypes, type PictureNode } from './picture-nodes.tsx';
import { MARGIN, PictureZoom, useInSight } from './picture-zoom.tsx';
import { measureTitle } from './title-width.ts';
import '@xyflow/react/dist/base.css';

export interface LevelPictureProps {
  readonly picture: readonly PicturedEntity[];
  readonly chosen: string | null;
  /** Names that the search found; null: nothing is searched. */
  readonly found: ReadonlySet<string> | null;
  readonly choose: (name: string) => void;
}

/** From here on the picture is a window of its own, moved and zoomed. */
const MANY = 60;

export default function LevelPicture(props: LevelPictureProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    watch.observe(frame.current!);
    return () => watch.disconnect();
  }, []);
  return (
    <div ref={frame} className="picture-frame">
      {width === 0 ? null : (
        <ReactFlowProvider>
          <Drawn {...props} width={width} />
        </ReactFlowProvider>
      )}
    </div>
  );
}

function Drawn({ picture, chosen, found, choose, width }: LevelPictureProps & { readonly width: number }) {
  const t = useTranslations('plan.order');
  const [focused, setFocused] = useState<string | null>(null);
  const isLarge = picture.length > MANY;
  const drawn = isLarge ? width - 2 * MARGIN : width;
  const placed = useMemo(() => layOut(picture, drawn, measureTitle), [picture, drawn]);
  const bringInSight = useInSight(isLarge);
  const edges = useMemo(() => edgesOf(picture, chosen), [picture, chosen]);
  const nodes = useMemo(
    () => nodesOf(placed, picture, { chosen, tabStop: focused ?? chosen, found, width: drawn, choose }),
    [placed, picture, chosen, focused, found, drawn, choose],
  );
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const from = (event.target as HTMLElement).closest<HTMLElement>('[data-entity]')?.dataset.entity;
    if (from === undefined || !isArrowKey(event.key)) return;
    event.preventDefault();
    const next = nextEntity(placed, from, event.key);
    if (next === null) return;
    setFocused(next);
    const button = event.currentTarget.querySelector<HTMLElement>(`[data-entity="${CSS.escape(next)}"]`);
    button?.focus({ preventScroll: isLarge });
    bringInSight(placed, next);
  };
  useEffect(() => {
    if (chosen !== null) bringInSight(placed, chosen);
  }, [chosen, placed, bringInSight]);
  return (
    <>
      {isLarge ? <PictureZoom /> : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons in it */}
      <div className="picture" onKeyDown={move}>
        <svg
          className={`picture-space ${isLarge ? 'is-large' : ''}`}
          height={placed.height + 8}
          aria-hidden="true"
        />
        <div className="picture-flow">
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            aria-label={t('picture')}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            defaultViewport={{ x: isLarge ? MARGIN : 0, y: isLarge ? MARGIN : 0, zoom: 1 }}
            panOnDrag={isLarge}
            zoomOnScroll={false}
            zoomOnPinch={isLarge}
            zoomOnDoubleClick={false}
            preventScrolling={false}
            autoPanOnNodeFocus={false}
            minZoom={0.3}
            maxZoom={1.6}
            proOptions={{ hideAttribution: true }}
          />
        </div>
      </div>
    </>
  );
}

interface Shown {
  readonly chosen: string | null;
  /** Which of the buttons the tab key reaches. */
  readonly tabStop: string | null;
  readonly found: ReadonlySet<string> | null;
  readonly width: number;
  readonly choose: (name: string) => void;
}

function nodesOf(
  { levels }: Picture,
  picture: readonly PicturedEntity[],
  { chosen, tabStop, found, width, choose }: Shown,
): PictureNode[] {
  const links = chosen === null ? null : linksOf(picture, chosen);
  const linked = new Set(
    [...(links?.needs ?? []), ...(links?.neededBy ?? [])].map(({ entity }) => entity.name),
  );
  const most = Math.max(...levels.map(({ rows }) => rows), 1);
  const first = levels[0]?.entities[0]?.entity.name;
  const stop = tabStop ?? first;
  return levels.flatMap(({ level, rows, y, entities }): PictureNode[] => [
    {
      id: `level ${level}`,
      type: 'level',
      position: { x: 0, y },
      width: 60,
      height: sizes.node,
      data: { level },
    },
    {
      id: `rows ${level}`,
      type: 'rows',
      position: { x: width - 172, y },
      data: { rows, share: rows / most },
    },
    ...entities.map(
      ({ entity, x, y: top, width: wide }): PictureNode => ({
        ...{ id: entity.name, type: 'entity', position: { x, y: top }, width: wide, height: sizes.node },
        data: {
          entity,
          choose,
          isStop: entity.name === stop,
          state: entity.name === chosen ? 'chosen' : linked.has(entity.name) ? 'linked' : 'other',
          isFaint: found !== null && !found.has(entity.name),
        },
      }),
    ),
  ]);
}

/** Only the links of the chosen one: those of all are a tangle that nobody can follow. */
function edgesOf(picture: readonly PicturedEntity[], chosen: string | null): Edge[] {
  if (chosen === null) return [];
  const { needs, neededBy } = linksOf(picture, chosen);
  const drawn = [
    ...needs.map(({ entity, later }) => ({ source: entity.name, target: chosen, later })),
    ...neededBy.map(({ entity, later }) => ({ source: chosen, target: entity.name, later })),
  ];
  return drawn.map(({ source, target, later }) => ({
    ...{ id: `${source} → ${target}`, source, target },
    className: later ? 'picture-link is-later' : 'picture-link',
    markerEnd: { type: MarkerType.ArrowClosed, color: 'var(--accent)', width: 14, height: 14 },
    focusable: false,
  }));
}
