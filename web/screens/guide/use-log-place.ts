/**
 * Where the conversation stands in its window. It rests at its end, as the style says; two things move it: what a person
 * has just said comes to the top, with room for the answer; a card that does not fit begins with its title, so that
 * nobody meets the buttons first.
 */
import { type RefObject, useEffect, useRef } from 'react';

export function useLogPlace(isTalking: boolean, said: number): RefObject<HTMLDivElement | null> {
  const log = useRef<HTMLDivElement>(null);
  const before = useRef({ isTalking, said });
  useEffect(() => {
    const was = before.current;
    before.current = { isTalking, said };
    const hasSpoken = said > was.said && (isTalking || was.isTalking);
    const isAnswered = was.isTalking && !isTalking;
    if (!hasSpoken && !isAnswered) return;
    // the chat library draws what was said a moment later
    const timer = setTimeout(() => lastSaid(log.current)?.scrollIntoView({ block: 'start' }), 50);
    return () => clearTimeout(timer);
  }, [isTalking, said]);
  return log;
}

function lastSaid(log: HTMLElement | null): Element | undefined {
  return [...(log?.querySelectorAll('.msg--you') ?? [])].at(-1);
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
