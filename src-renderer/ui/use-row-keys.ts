import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

type Options = {
  readonly count: number;
  readonly scrollTo: (index: number) => void;
  readonly open: (index: number) => void;
  readonly root: RefObject<HTMLElement | null>;
  /** Keys of the table's own on a row: true moves on to the next row, false stays, null leaves the key to the rest. */
  readonly onKey?: ((event: KeyboardEvent, index: number) => boolean | null) | undefined;
};

const pageRows = 12;

/** One row of a virtual table is in the tab order; arrows, Home, End and Page keys move it, Enter opens it. */
export function useRowKeys({ count, scrollTo, open, root, onKey }: Options) {
  const [wanted, setWanted] = useState(0);
  const focusNext = useRef(false);
  const active = Math.max(0, Math.min(wanted, count - 1));

  useEffect(() => {
    if (!focusNext.current) return;
    const row = root.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (!row) return;
    focusNext.current = false;
    row.focus({ preventScroll: true });
  });

  const move = (index: number) => {
    const next = Math.max(0, Math.min(index, count - 1));
    focusNext.current = true;
    setWanted(next);
    scrollTo(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const own = event.target === event.currentTarget ? (onKey?.(event, active) ?? null) : null;
    if (own !== null) {
      event.preventDefault();
      if (own) move(active + 1);
      return;
    }
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + pageRows,
      PageUp: active - pageRows,
      Home: 0,
      End: count - 1,
    };
    const next = steps[event.key];
    if (next !== undefined) {
      event.preventDefault();
      move(next);
    } else if ((event.key === 'Enter' || event.key === ' ') && event.target === event.currentTarget) {
      event.preventDefault();
      open(active);
    }
  };
  const choose = (index: number) => {
    setWanted(index);
    open(index);
  };
  return { active, onKeyDown, choose };
}
