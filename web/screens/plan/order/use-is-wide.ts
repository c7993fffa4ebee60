/** True where a picture of levels can be read: the width at which the rail is folded away is too small for it. */
import { useSyncExternalStore } from 'react';

const wide = '(min-width: 860px)';

function subscribe(changed: () => void): () => void {
  const query = matchMedia(wide);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(wide).matches);
}
