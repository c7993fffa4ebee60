/** A large picture: closer, further away, the whole; and what is chosen by key is brought into sight. */
import { useReactFlow, useStore } from '@xyflow/react';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { type Picture, sizes } from './picture-layout.ts';

/** Of a large picture within its window. */
export const MARGIN = 12;

export function PictureZoom() {
  const t = useTranslations('plan.order');
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <div className="picture-zoom">
      <button className="btn btn--secondary" type="button" onClick={() => void zoomIn()}>
        {t('closer')}
      </button>
      <button className="btn btn--secondary" type="button" onClick={() => void zoomOut()}>
        {t('further')}
      </button>
      <button className="btn btn--secondary" type="button" onClick={() => void fitView()}>
        {t('whole')}
      </button>
    </div>
  );
}

export function useInSight(isLarge: boolean) {
  const { setViewport, getViewport } = useReactFlow();
  const height = useStore((state) => state.height);
  return useCallback(
    ({ levels }: Picture, name: string) => {
      const all = levels.flatMap(({ entities }) => entities);
      const at = all.find(({ entity }) => entity.name === name);
      if (!isLarge || at === undefined || height === 0) return;
      const { zoom } = getViewport();
      // at its own size the picture is as wide as its window
      const x = zoom <= 1 ? MARGIN : MARGIN - at.x * zoom;
      void setViewport({ x, y: Math.min(MARGIN, height / 2 - (at.y + sizes.node / 2) * zoom), zoom });
    },
    [isLarge, setViewport, getViewport, height],
  );
}
