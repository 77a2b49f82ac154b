/** An estimate with its 95% interval; here in shares, so that 0.1 is ten percentage points. */
export type Effect = {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
};

/** Of what a procedure gives for a term, the part that is told; null where there is no such term. */
export function effectOf(term: Effect | undefined): Effect | null {
  return term ? { estimate: term.estimate, low: term.low, high: term.high, p: term.p } : null;
}
