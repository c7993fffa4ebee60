/** Nothing for half a second, then a word. Never a spinner alone. */
import { useEffect, useState } from 'react';

interface LoadingProps {
  readonly words: string;
  /** Of the screen, where nothing else of it is there yet. */
  readonly title?: string;
}

export function Loading({ words, title }: LoadingProps) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {/* who does not see the screen finds its heading from the first moment */}
      {title === undefined ? null : <h1 className={isLate ? 'title' : 'hide'}>{title}</h1>}
      {/* it is there before its words, so that they are read out */}
      <p className="muted loading" role="status">
        {isLate ? words : ''}
      </p>
    </>
  );
}
