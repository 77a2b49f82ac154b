/**
 * Scrolling over more height than a browser can lay out. What is laid out is at most `mostHeightPx`; the rows are drawn at
 * their place less a shift. A small movement keeps the shift, so that rows move with the wheel pixel by pixel; a large one,
 * such as a drag of the bar, moves over the whole proportionally.
 */
const mostHeightPx = 12_000_000;
/** The shift changes after so much height. */
const stretchPx = 120_000;

export type TallLayout = {
  /** Height of everything, and the height that is laid out. */
  readonly wholePx: number;
  readonly heightPx: number;
  readonly stretches: number;
  /** How much the shift grows from one stretch to the next. */
  readonly stepPx: number;
};

/** Where the scroller is: `topPx` is its own, `topPx + shiftPx` the place in the whole. */
export type TallPlace = { readonly topPx: number; readonly shiftPx: number };

export function tallLayout(wholePx: number): TallLayout {
  if (wholePx <= mostHeightPx) return { wholePx, heightPx: wholePx, stretches: 1, stepPx: 0 };
  const stretches = Math.ceil(wholePx / stretchPx);
  return { wholePx, heightPx: mostHeightPx, stretches, stepPx: (wholePx - mostHeightPx) / (stretches - 1) };
}

function shiftOf(layout: TallLayout, offsetPx: number): number {
  const stretch = Math.max(0, Math.min(layout.stretches - 1, Math.floor(offsetPx / stretchPx)));
  return Math.round(stretch * layout.stepPx);
}

/** The place at which an offset in the whole is at the top. */
export function placeAt(layout: TallLayout, viewPx: number, offsetPx: number): TallPlace {
  const offset = Math.max(0, Math.min(offsetPx, layout.wholePx - viewPx));
  const shiftPx = shiftOf(layout, offset);
  return { topPx: Math.max(0, offset - shiftPx), shiftPx };
}

/** The place after the scroller has moved to `topPx`; where its own `topPx` differs, the scroller must be put there. */
export function placeAfter(layout: TallLayout, viewPx: number, before: TallPlace, topPx: number): TallPlace {
  if (layout.stretches === 1) return { topPx, shiftPx: 0 };
  if (Math.abs(topPx - before.topPx) < viewPx * 2 && topPx > 0 && topPx < layout.heightPx - viewPx) {
    const offset = topPx + before.shiftPx;
    const shiftPx = shiftOf(layout, offset);
    return shiftPx === before.shiftPx ? { topPx, shiftPx } : { topPx: offset - shiftPx, shiftPx };
  }
  const share = topPx / Math.max(1, layout.heightPx - viewPx);
  const offset = share * (layout.wholePx - viewPx);
  // The bar stays where it was put; only what it stands for is worked out.
  return { topPx, shiftPx: Math.round(offset - topPx) };
}

export type Range = { readonly first: number; readonly last: number };

/** Rows in view and `spare` more on either side; `last` is not included. */
export function rowsInView(offsetPx: number, viewPx: number, rowPx: number, rows: number, spare: number): Range {
  const first = Math.max(0, Math.floor(offsetPx / rowPx) - spare);
  return { first, last: Math.min(rows, Math.ceil((offsetPx + viewPx) / rowPx) + spare) };
}

/** Columns in view and two more on either side, from the left edges of all columns and the right edge of the last. */
export function columnsInView(edgesPx: readonly number[], leftPx: number, viewPx: number): Range {
  const columns = edgesPx.length - 1;
  const from = edgesPx.findIndex((edge) => edge > leftPx);
  const to = edgesPx.findIndex((edge) => edge >= leftPx + viewPx);
  return {
    first: Math.max(0, (from < 0 ? columns : from) - 3),
    last: Math.min(columns, (to < 0 ? columns : to) + 2),
  };
}
