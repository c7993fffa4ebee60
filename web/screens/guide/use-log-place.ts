/**
 * Where the conversation stands in its window. It rests at its end, as the style says; two things move it: what a person
 * has just said comes to the top, with room for the answer; a card that does not fit begins with its title, so that
 * nobody meets the buttons first.
 */
import { type RefObject, useEffect, useRef } from 'react';

/** For a message of a person: `isNew` where the guide is about to answer it. */
export function useSaidPlace(isNew: boolean): RefObject<HTMLDivElement | null> {
  const said = useRef<HTMLDivElement>(null);
  const wasNew = useRef(isNew);
  useEffect(() => {
    if (wasNew.current) said.current?.scrollIntoView({ block: 'start' });
  }, []);
  return said;
}

/** The room above and below a card. */
const around = 28;

/** `card`: another one, another place. */
export function useCardPlace(card: string | null): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const log = place.current?.closest('.chat-log');
    if (card === null || !log || !place.current) return;
    if (place.current.offsetHeight + around > log.clientHeight)
      place.current.scrollIntoView({ block: 'start' });
    else log.scrollTop = 0; // its end: it is laid out from there
  }, [card]);
  return place;
}
