/**
 * Whether a card came while its screen was open. What was there when the screen was opened does not take the keyboard away
 * from its beginning.
 */
import { useState } from 'react';

/** `isKnown`: it has been asked which card there is. */
export function useArrived(card: string | null, isKnown: boolean): boolean {
  const [first, setFirst] = useState<string | null | undefined>(isKnown ? card : undefined);
  if (first === undefined && isKnown) setFirst(card);
  return first !== undefined && card !== null && card !== first;
}
