/**
 * The title of a card. Where the card has just arrived, the keyboard comes to its title and never to a button: what is
 * decided with the next key is read first. Nobody who is writing is interrupted.
 */
import { createElement, useEffect, useRef } from 'react';

interface CardTitleProps {
  readonly id: string;
  readonly text: string;
  readonly arrived: boolean;
  /** Of a set of choices, its legend is its title. */
  readonly as?: 'h2' | 'legend';
  /** Id of what must be read with it to understand it. */
  readonly describedBy?: string;
}

export function CardTitle({ id, text, arrived, as = 'h2', describedBy }: CardTitleProps) {
  const title = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!arrived || isWriting()) return;
    title.current?.focus();
  }, [arrived]);
  return createElement(
    as,
    { className: 'card-title', id, ref: title, tabIndex: -1, lang: 'en', 'aria-describedby': describedBy },
    text,
  );
}

function isWriting(): boolean {
  const at = document.activeElement;
  return (at instanceof HTMLTextAreaElement || at instanceof HTMLInputElement) && at.value.trim() !== '';
}
