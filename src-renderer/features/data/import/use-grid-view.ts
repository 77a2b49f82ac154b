import { type KeyboardEvent, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { GridColumn } from './grid-cells.ts';
import { numberPx, rowPx } from './preview-row.tsx';
import { columnsInView, placeAfter, placeAt, rowsInView, type TallPlace, tallLayout } from './tall-scroll.ts';

const spareRows = 8;
const pageRows = 12;
/** Left and right movement is looked at in steps, so that most of it draws nothing. */
const leftStepPx = 40;

type Options = {
  readonly columns: readonly GridColumn[];
  readonly rowCount: number;
  readonly heightPx: number;
  readonly goTo: { readonly index: number } | null;
  readonly onPick: ((index: number) => void) | undefined;
};

type Active = { readonly row: number; readonly column: number };

/** What of a grid is in view, which cell is active, and the keys that move it. */
export function useGridView({ columns, rowCount, heightPx, goTo, onPick }: Options) {
  const scroller = useRef<HTMLTableElement>(null);
  const layout = useMemo(() => tallLayout(rowCount * rowPx), [rowCount]);
  const place = useRef<TallPlace>({ topPx: 0, shiftPx: 0 });
  const [view, setView] = useState({ offsetPx: 0, shiftPx: 0, leftPx: 0, widthPx: 1_000 });
  const [active, setActive] = useState<Active>({ row: 0, column: 0 });
  const bodyPx = heightPx - rowPx;
  const edges = useMemo(() => {
    const all = [0];
    for (const column of columns) all.push((all.at(-1) ?? 0) + column.widthPx);
    return all;
  }, [columns]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setView((now) => ({ ...now, widthPx: element.clientWidth })));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  const settle = (next: TallPlace) => {
    const element = scroller.current;
    if (!element) return;
    place.current = next;
    if (Math.abs(element.scrollTop - next.topPx) >= 1) element.scrollTop = next.topPx;
    const offsetPx = Math.floor((next.topPx + next.shiftPx) / rowPx) * rowPx;
    const leftPx = Math.floor(element.scrollLeft / leftStepPx) * leftStepPx;
    setView((now) =>
      now.offsetPx === offsetPx && now.shiftPx === next.shiftPx && now.leftPx === leftPx
        ? now
        : { ...now, offsetPx, shiftPx: next.shiftPx, leftPx },
    );
  };
  const show = ({ row, column }: Active) => {
    const at = place.current.topPx + place.current.shiftPx;
    const top = row * rowPx;
    if (top < at) settle(placeAt(layout, bodyPx, top));
    else if (top + rowPx > at + bodyPx) settle(placeAt(layout, bodyPx, top + rowPx - bodyPx));
    const element = scroller.current;
    if (!element) return;
    const left = edges[column] ?? 0;
    const right = edges[column + 1] ?? left;
    const room = element.clientWidth - numberPx;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (right > element.scrollLeft + room) element.scrollLeft = right - room;
  };
  const move = (row: number, column: number) => {
    const next = {
      row: Math.max(0, Math.min(row, rowCount - 1)),
      column: Math.max(0, Math.min(column, columns.length - 1)),
    };
    setActive(next);
    show(next);
  };
  const arrive = useEffectEvent((index: number) => {
    setActive((now) => ({ ...now, row: index }));
    settle(placeAt(layout, bodyPx, Math.max(0, index - 2) * rowPx));
    scroller.current?.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (goTo) arrive(goTo.index);
  }, [goTo]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return;
    const whole = event.ctrlKey || event.metaKey;
    const next = whole ? wholeStep(event.key, rowCount, columns.length) : step(event.key, active, columns.length);
    if (next) {
      event.preventDefault();
      move(...next);
    } else if (event.key === 'Enter' && !whole && onPick) {
      event.preventDefault();
      event.stopPropagation();
      onPick(active.row);
    }
  };
  return {
    scroller,
    layout,
    view,
    active,
    edges,
    rows: rowsInView(view.offsetPx, bodyPx, rowPx, rowCount, spareRows),
    shown: columnsInView(edges, view.leftPx, view.widthPx - numberPx),
    onKeyDown,
    onScroll: (topPx: number) => settle(placeAfter(layout, bodyPx, place.current, topPx)),
    activate: setActive,
  };
}

type Step = readonly [row: number, column: number];

function step(key: string, { row, column }: Active, columns: number): Step | undefined {
  const steps: Readonly<Record<string, Step>> = {
    ArrowDown: [row + 1, column],
    ArrowUp: [row - 1, column],
    ArrowRight: [row, column + 1],
    ArrowLeft: [row, column - 1],
    PageDown: [row + pageRows, column],
    PageUp: [row - pageRows, column],
    Home: [row, 0],
    End: [row, columns - 1],
  };
  return steps[key];
}

function wholeStep(key: string, rows: number, columns: number): Step | undefined {
  const steps: Readonly<Record<string, Step>> = { Home: [0, 0], End: [rows - 1, columns - 1] };
  return steps[key];
}
