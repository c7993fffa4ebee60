/** Nothing for half a second, then a word. Never a spinner alone. */
import { useEffect, useState } from 'react';

export function Loading({ words }: { readonly words: string }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="muted" role="status" aria-busy="true">
      {isLate ? words : ''}
    </p>
  );
}
