/** What was chosen on the first screen: a person who pressed “Look at the old database” there need not press it again here. */
import { useEffect, useRef } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useGuide, useStartGuide } from '../../api/guide.ts';
import { useMay } from '../../api/migrations.ts';
import type { StartState } from '../home/start.tsx';

export function useStart(id: MigrationId): StartState | null {
  const state = useHistoryState<StartState | null>();
  const guide = useGuide(id).data;
  const { operate } = useMay();
  const { mutate } = useStartGuide(id);
  const begun = useRef(false);
  const isWanted = state?.look === true && guide?.state === 'not-begun' && operate;
  useEffect(() => {
    if (!isWanted || begun.current) return;
    begun.current = true;
    mutate();
  }, [isWanted, mutate]);
  return state;
}
