import { type RefObject, useEffect, useRef } from 'react';

/** True where what is typed is meant for the field itself. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/**
 * Single keys while the focus is within an element, so that no key is taken from anything else on the page, and a person who
 * dictates is not misheard (WCAG 2.1.4). `onKey` says whether it took the key.
 */
export function useDeskKeys(desk: RefObject<HTMLElement | null>, onKey: (key: string) => boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const element = desk.current;
    if (!element) return;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (latest.current(key)) event.preventDefault();
    };
    element.addEventListener('keydown', listen);
    return () => element.removeEventListener('keydown', listen);
  }, [desk]);
}
