import type { TimetableRules } from '#shared/domain/session-timetable.ts';
import { CourseSearch } from './best-course.ts';
import type { Candidates, Window } from './candidate-slots.ts';

/** Rounds without a better bound after which steps become shorter. */
const patience = 25;

/** Most sessions in a day, all places together. */
export function mostInDay({ facilitators, sessionsPerFacilitatorDay, sessionsPerDay }: TimetableRules): number {
  return Math.min(facilitators * sessionsPerFacilitatorDay, sessionsPerDay ?? Number.POSITIVE_INFINITY);
}

/** What a round of prices is told to: prices and people asking for a seat, by window. */
export type PriceRound = { readonly round: number; readonly prices: Float64Array; readonly demand: Int32Array };

/**
 * Bounds the points of every timetable from above by Lagrangian relaxation: seats have prices, everybody takes the course that is
 * best at them and every day holds the sessions that earn most, so that nobody has to agree with anybody. Whatever the prices, the
 * sum is at least what any timetable reaches; at the best prices it is at most what the linear relaxation gives (Geoffrion 1974,
 * Math. Prog. Study 2:82). Prices follow a subgradient by the steps of Held, Wolfe and Crowder (1974, Math. Prog. 6:62).
 *
 * @param reached points of the best timetable known, which the steps aim at
 */
export function boundByPrices(
  candidates: Candidates,
  rules: TimetableRules,
  {
    rounds,
    reached,
    onRound,
  }: {
    readonly rounds: number;
    readonly reached: () => number;
    readonly onRound: (told: PriceRound) => void;
  },
): number {
  const { windows, windowsOf } = candidates;
  const search = new CourseSearch(rules, candidates);
  const offered = { offers: offersByDay(windows), most: mostInDay(rules) };
  const prices = new Float64Array(windows.length);
  const demand = new Int32Array(windows.length);
  const supply = new Int32Array(windows.length);
  let bound = Number.POSITIVE_INFINITY;
  let [step, since] = [2, 0];
  for (let round = 0; round < rounds; round += 1) {
    demand.fill(0);
    let sum = 0;
    for (const own of windowsOf) {
      sum += search.find(own, prices);
      for (const window of search.chosen) demand[window] = (demand[window] as number) + 1;
    }
    sum += supplyAt(prices, offered, supply);
    if (sum < bound - 1e-6) [bound, since] = [sum, 0];
    else if (++since >= patience) [step, since] = [step / 2, 0];
    onRound({ round, prices, demand });
    const aim = reached();
    if (whole(bound) <= aim || !movePrices(prices, { demand, supply }, step * (sum - aim))) break;
  }
  return whole(bound);
}

/** Points are whole. */
function whole(bound: number): number {
  return Math.floor(bound + 1e-6);
}

/** Raises prices where more seats are asked for than offered and lowers them elsewhere. @returns false where all agree */
function movePrices(
  prices: Float64Array,
  { demand, supply }: { readonly demand: Int32Array; readonly supply: Int32Array },
  length: number,
): boolean {
  const excess = (window: number): number => {
    const beyond = (demand[window] as number) - (supply[window] as number);
    // A price of nothing cannot fall.
    return beyond < 0 && prices[window] === 0 ? 0 : beyond;
  };
  let norm = 0;
  for (let window = 0; window < prices.length; window += 1) norm += excess(window) ** 2;
  if (norm === 0) return false;
  for (let window = 0; window < prices.length; window += 1) {
    prices[window] = Math.max(0, (prices[window] as number) + (length / norm) * excess(window));
  }
  return true;
}

/** One session that a window could hold beside those before it, and the seats that it adds. */
type Offer = { readonly window: number; readonly seats: number };

/** What could be offered each day. Not more seats than people are there, so that a later session of a window adds fewer. */
function offersByDay(windows: readonly Window[]): readonly (readonly Offer[])[] {
  const offers = windows.flatMap(({ fits, mayCome, people, day }, window) => {
    const sessions = Math.min(fits, Math.ceil(people.length / mayCome));
    return Array.from({ length: sessions }, (_, before) => ({
      ...{ day, window },
      seats: Math.min(mayCome, people.length - before * mayCome),
    }));
  });
  return [...Map.groupBy(offers, ({ day }) => day).values()];
}

/** The sessions that earn most at the prices, day by day; `supply` is set to their seats. @returns what they earn */
function supplyAt(
  prices: Float64Array,
  { offers, most }: { readonly offers: readonly (readonly Offer[])[]; readonly most: number },
  supply: Int32Array,
): number {
  supply.fill(0);
  let earned = 0;
  const earns = ({ window, seats }: Offer): number => seats * (prices[window] as number);
  for (const own of offers) {
    const best = own.filter((offer) => earns(offer) > 0).sort((a, b) => earns(b) - earns(a) || a.window - b.window);
    for (const offer of best.slice(0, most)) {
      supply[offer.window] = (supply[offer.window] as number) + offer.seats;
      earned += earns(offer);
    }
  }
  return earned;
}
