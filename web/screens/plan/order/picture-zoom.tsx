/** A large picture: closer, further away, the whole; and what is chosen by key is brought into sight. */
import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { type Picture, sizes } from './picture-layout.ts';

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
  const { setCenter, getZoom } = useReactFlow();
  return useCallback(
    ({ levels }: Picture, name: string) => {
      const all = levels.flatMap(({ entities }) => entities);
      const at = all.find(({ entity }) => entity.name === name);
      if (!isLarge || at === undefined) return;
      void setCenter(at.x + at.width / 2, at.y + sizes.node / 2, { zoom: Math.max(getZoom(), 0.8) });
    },
    [isLarge, setCenter, getZoom],
  );
}
