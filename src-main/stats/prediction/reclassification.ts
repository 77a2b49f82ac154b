import { sum } from '../numeric/sums.ts';

export type Reclassification = {
  /** Integrated discrimination improvement. */
  readonly idi: number;
  /** Net share whose probability moved the right way, among those with the event and those without, and their sum. */
  readonly nri: { readonly events: number; readonly nonEvents: number; readonly total: number };
};

/**
 * What a model's probabilities add to a comparator's in the same people: IDI and the category-free net reclassification index (Pencina et
 * al. 2008, Statistics in Medicine 27:157; 2011, 30:11). Descriptive: both favour larger models in the data they were fitted to.
 */
export function reclassification(model: Float64Array, comparator: Float64Array, events: Uint8Array): Reclassification {
  const gains = [0, 1].map((side) =>
    model.map((p, row) => p - (comparator[row] as number)).filter((_gain, row) => events[row] === side),
  );
  const [without, withEvent] = gains as [Float64Array, Float64Array];
  const moved = (list: Float64Array): number => list.reduce((total, gain) => total + Math.sign(gain), 0) / list.length;
  const nri = { events: moved(withEvent), nonEvents: -moved(without) };
  return {
    idi: sum(withEvent) / withEvent.length - sum(without) / without.length,
    nri: { ...nri, total: nri.events + nri.nonEvents },
  };
}
