/** What was chosen on the first screen: a person who pressed “Look at the old database” there need not press it again here. */
import { useEffect, useRef } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useGuide, useStartGuide } from '../../api/guide.ts';
import { useMay } from '../../api/migrations.ts';
import type { StartState } from '../home/start.tsx';

export interface Beginning {
  /** Only a part of it is to be moved. */
  readonly part: boolean;
  /** The guide is being begun in this person's stead: what would begin it is not offered meanwhile. */
  readonly isBeginning: boolean;
  /** Why it could not be begun. */
  readonly error: Error | null;
}

export function useStart(id: MigrationId): Beginning {
  const state = useHistoryState<StartState | null>();
  const guide = useGuide(id).data;
  const { operate } = useMay();
  const { mutate, error } = useStartGuide(id);
  const begun = useRef(false);
  const isWanted = state?.look === true && guide?.state === 'not-begun' && operate;
  useEffect(() => {
    if (!isWanted || begun.current) return;
    begun.current = true;
    mutate();
  }, [isWanted, mutate]);
  return { part: state?.part ?? false, isBeginning: isWanted && error === null, error };
}
