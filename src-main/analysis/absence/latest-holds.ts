/** Days are day numbers, both ends included; an end of null lasts on. */
export type DatedSpan = { readonly fromDay: number; readonly toDay: number | null };

export type HeldInterval = {
  readonly fromDay: number;
  readonly toDay: number;
  /** Place of the span that holds these days, or −1 where none does. */
  readonly span: number;
};

/**
 * Cuts a stretch of days into intervals, each held by the span that began last among those that cover it. Of two that began on
 * one day the later in the list holds. Neighbours held by the same span are one.
 */
export function latestHolds(spans: readonly DatedSpan[], fromDay: number, toDay: number): HeldInterval[] {
  if (fromDay > toDay) return [];
  const cuts = new Set([fromDay]);
  for (const span of spans) {
    if (span.fromDay > fromDay && span.fromDay <= toDay) cuts.add(span.fromDay);
    if (span.toDay !== null && span.toDay >= fromDay && span.toDay < toDay) cuts.add(span.toDay + 1);
  }
  const starts = [...cuts].sort((a, b) => a - b);
  const held: HeldInterval[] = [];
  starts.forEach((start, at) => {
    const end = (starts[at + 1] ?? toDay + 1) - 1;
    const span = holderOf(spans, start);
    const before = held.at(-1);
    if (before?.span === span) held[held.length - 1] = { ...before, toDay: end };
    else held.push({ fromDay: start, toDay: end, span });
  });
  return held;
}

function holderOf(spans: readonly DatedSpan[], day: number): number {
  let holder = -1;
  let began = Number.NEGATIVE_INFINITY;
  spans.forEach((span, at) => {
    if (span.fromDay > day || (span.toDay !== null && span.toDay < day) || span.fromDay < began) return;
    holder = at;
    began = span.fromDay;
  });
  return holder;
}
