/** Paper cannot be clicked: lists that belong to the report are opened while it is printed, and closed again afterwards. */
import { useEffect } from 'react';

export function useOpenOnPaper(): void {
  useEffect(() => {
    let opened: HTMLDetailsElement[] = [];
    const before = () => {
      opened = [...document.querySelectorAll<HTMLDetailsElement>('details.on-paper:not([open])')];
      for (const list of opened) list.open = true;
    };
    const after = () => {
      for (const list of opened) list.open = false;
      opened = [];
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
}
