import { useEffect, useMemo, useReducer, useRef } from 'react';
import { type LoadRows, RowPages } from './row-pages.ts';

/** Rows of a file that come as they are looked at; begun anew when what is shown (`key`) is another. */
export function useRowPages<Row extends { readonly row: number }>(key: string, load: LoadRows<Row>): RowPages<Row> {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const latest = useRef(load);
  latest.current = load;
  const pages = useMemo(() => {
    // What is shown is told by the key alone.
    void key;
    return new RowPages<Row>((from, count) => latest.current(from, count), redraw);
  }, [key]);
  useEffect(() => () => pages.close(), [pages]);
  return pages;
}
