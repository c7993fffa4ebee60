/**
 * Where the conversation stands in its window. It rests at its end, as the style says; two things move it: what a person
 * has just said comes to the top, with room for the answer; a card that does not fit begins with its title, so that
 * nobody meets the buttons first.
 */
import { type RefObject, useEffect, useRef } from 'react';

export function useLogPlace(isTalking: boolean, said: number): RefObject<HTMLDivElement | null> {
  const log = useRef<HTMLDivElement>(null);
  const before = useRef(said);
  useEffect(() => {
    const hasSpoken = isTalking && said > before.current;
    before.current = said;
    if (hasSpoken)
      [...(log.current?.querySelectorAll('.msg--you') ?? [])].at(-1)?.scrollIntoView({ block: 'start' });
  }, [isTalking, said]);
  return log;
}

/** `card`: another one, another place. */
export function useCardPlace(card: string | null): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const log = place.current?.closest('.chat-log');
    if (card === null || !log || !place.current) return;
    if (place.current.offsetHeight > log.clientHeight) place.current.scrollIntoView({ block: 'start' });
    else log.scrollTop = 0; // its end: it is laid out from there
  }, [card]);
  return place;
}
