import { randomStream } from '#shared/domain/random.ts';

/**
 * Resamples of people, drawn with replacement: how often each row counts, for as many resamples as asked for. All rows of a person come
 * and go together. The array given to `visit` is overwritten by the next.
 * @param person who each row belongs to, any numbers
 */
export function resamplePeople(
  person: Uint32Array,
  { resamples, seed, label }: { readonly resamples: number; readonly seed: number; readonly label: string },
  visit: (weights: Float64Array, resample: number) => void,
): void {
  const places = new Map<number, number>();
  const own = person.map((who) => {
    const known = places.get(who);
    if (known !== undefined) return known;
    places.set(who, places.size);
    return places.size - 1;
  });
  const random = randomStream(seed, label);
  const drawn = new Uint32Array(places.size);
  const weights = new Float64Array(person.length);
  for (let resample = 0; resample < resamples; resample += 1) {
    drawn.fill(0);
    for (let draw = 0; draw < places.size; draw += 1) {
      const at = random.nextBelow(places.size);
      drawn[at] = (drawn[at] ?? 0) + 1;
    }
    for (let row = 0; row < own.length; row += 1) weights[row] = drawn[own[row] ?? 0] ?? 0;
    visit(weights, resample);
  }
}
