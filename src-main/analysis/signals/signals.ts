import { isoOfDay, monthOfDay } from '#shared/domain/dates.ts';
import { triggerInWords } from '#shared/domain/trigger-rules.ts';
import { personCount } from '../exposure/packed-exposures.ts';
import { compareCodePoints, spellAt } from '../exposure/person-frame.ts';
import { type FinderInput, signalFinder } from './find-signals.ts';
import { type RaisedSignal, type SignalWalk, type Standing, signalWalk } from './signal-walk.ts';

export type SignalsInput = FinderInput & {
  /** Days of the looks, ascending. */
  readonly looks: Int32Array;
  readonly clearAfterDays: number;
  readonly rows: boolean;
};

type Counts = { readonly signals: number; readonly new: number; readonly again: number };

export type SignalRow = {
  readonly person: string;
  readonly unit: string;
  readonly role: string;
  readonly rule: string;
  /** Why, in a sentence: a reason to offer support, never a verdict. */
  readonly words: string;
  /** Day of the look at which it was raised. */
  readonly raised: string;
  /** Day of a single event; null for a rule over a window. */
  readonly eventDay: string | null;
  readonly state: 'new' | 'again';
  /** Later looks within the cool-down that joined it. */
  readonly joined: number;
  /** First day on which the rule may be raised again; null for a single event, which knows no cool-down. */
  readonly coolsUntil: string | null;
  /** Of a rule over a window: since when it stands, whether it stood at the last look, and when it had cleared. */
  readonly since: string | null;
  readonly stands: boolean;
  readonly cleared: string | null;
};

/** A time in which a rule over a window stood for somebody, however often it was told. */
export type StandingRow = {
  readonly person: string;
  readonly rule: string;
  /** Why, as of the last look at which it held. */
  readonly words: string;
  readonly since: string;
  readonly lastHeld: string;
  /** The look at which it had been false for long enough; null while it stands. */
  readonly cleared: string | null;
};

export type SignalsResult = {
  /** In post at the last look. */
  readonly people: number;
  /** For whom any signal was raised in the period, and any rule stands after the last look. */
  readonly peopleWithSignals: number;
  readonly peopleStanding: number;
  /** Of the signals, those of the first look: what held then may have begun before. */
  readonly atFirstLook: number;
  readonly total: Counts & { readonly single: number; readonly joined: number; readonly cleared: number };
  readonly rules: readonly (Counts & {
    readonly rule: string;
    readonly words: string;
    readonly single: boolean;
    readonly people: number;
    readonly standing: number;
  })[];
  readonly units: readonly (Counts & { readonly unit: string; readonly people: number })[];
  readonly months: readonly (Counts & { readonly month: string; readonly rule: string })[];
  readonly looks: readonly (Counts & {
    readonly day: string;
    /** In post. */
    readonly people: number;
    readonly standing: number;
    readonly joined: number;
  })[];
  /** In the order in which they were raised, then by pseudonym; only when asked for. */
  readonly rows?: readonly SignalRow[];
  /** Those that have cleared, then those that stand after the last look; only when asked for. */
  readonly standings?: readonly StandingRow[];
};

/**
 * The review triggers of a scheme, looked at on every day given, and carried from look to look by `signalWalk`.
 *
 * @throws RangeError when people and exposures are not of one length, which is a fault of the caller.
 */
export function signals(input: SignalsInput): SignalsResult {
  const { exposures, people, compiled, looks, clearAfterDays } = input;
  if (people.pseudonyms.length !== personCount(exposures)) throw new RangeError('People and exposures do not match.');
  const cooldownDays = compiled.scheme.cooldown_days;
  const finder = signalFinder(input);
  const walk = signalWalk({ cooldownDays, clearAfterDays });
  const told: SignalsResult['looks'][number][] = [];
  const raised: RaisedSignal[] = [];
  let inPost = 0;
  looks.forEach((day, at) => {
    const look = finder.lookAt(day, looks[at - 1] ?? null);
    const outcome = walk.look(day, look.found);
    raised.push(...outcome.raised);
    inPost = look.people;
    told.push({
      day: isoOfDay(day),
      people: look.people,
      standing: walk.standing().length,
      ...countsOf(outcome.raised),
      joined: outcome.joined,
    });
  });
  return {
    people: inPost,
    peopleWithSignals: new Set(raised.map(({ person }) => person)).size,
    peopleStanding: new Set(walk.standing().map(({ person }) => person)).size,
    atFirstLook: raised.filter(({ asOfDay }) => asOfDay === looks[0]).length,
    total: {
      ...countsOf(raised),
      single: raised.filter(({ eventDay }) => eventDay !== null).length,
      joined: told.reduce((sum, { joined }) => sum + joined, 0),
      cleared: walk.cleared().length,
    },
    ...tables(input, raised, walk),
    looks: told,
    ...(input.rows
      ? {
          rows: raised.map((signal) => rowOf(input, signal, cooldownDays)),
          standings: [...walk.cleared(), ...walk.standing()].map(standingRow),
        }
      : {}),
  };
}

function countsOf(raised: readonly RaisedSignal[]): Counts {
  const fresh = raised.filter(({ state }) => state === 'new').length;
  return { signals: raised.length, new: fresh, again: raised.length - fresh };
}

function tables(
  input: SignalsInput,
  raised: readonly RaisedSignal[],
  walk: SignalWalk,
): Pick<SignalsResult, 'rules' | 'units' | 'months'> {
  const { compiled } = input;
  const byUnit = grouped(raised, (signal) => postOf(input, signal).unit);
  const byMonth = grouped(raised, ({ asOfDay, rule }) => `${monthOfDay(asOfDay)} ${rule}`);
  return {
    rules: compiled.triggers.map((trigger) => {
      const own = raised.filter(({ rule }) => rule === trigger.rule);
      return {
        rule: trigger.rule,
        words: triggerInWords(trigger),
        single: trigger.kind === 'single',
        ...countsOf(own),
        people: new Set(own.map(({ person }) => person)).size,
        standing: walk.standing().filter(({ rule }) => rule === trigger.rule).length,
      };
    }),
    units: [...byUnit]
      .sort(([a], [b]) => compareCodePoints(a, b))
      .map(([unit, own]) => ({ unit, people: new Set(own.map(({ person }) => person)).size, ...countsOf(own) })),
    months: [...byMonth].map(([key, own]) => ({ month: key.slice(0, 7), rule: key.slice(8), ...countsOf(own) })),
  };
}

function grouped(
  raised: readonly RaisedSignal[],
  keyOf: (signal: RaisedSignal) => string,
): ReadonlyMap<string, RaisedSignal[]> {
  const groups = new Map<string, RaisedSignal[]>();
  for (const signal of raised) {
    const list = groups.get(keyOf(signal));
    if (list) list.push(signal);
    else groups.set(keyOf(signal), [signal]);
  }
  return groups;
}

const places = new WeakMap<object, ReadonlyMap<string, number>>();

/** Where somebody worked on the day of the look, else on that of the event. */
function postOf(
  { people }: SignalsInput,
  { person, asOfDay, eventDay }: RaisedSignal,
): { readonly unit: string; readonly role: string } {
  const known = places.get(people) ?? new Map(people.pseudonyms.map((name, at) => [name, at]));
  places.set(people, known);
  const index = known.get(person) ?? 0;
  const now = spellAt(people, index, asOfDay);
  const spell = now >= 0 ? now : spellAt(people, index, eventDay ?? asOfDay);
  return {
    unit: people.units[people.spells.unit[spell] ?? 0] ?? '',
    role: people.roles[people.spells.role[spell] ?? 0] ?? '',
  };
}

function rowOf(input: SignalsInput, signal: RaisedSignal, cooldownDays: number): SignalRow {
  const { person, rule, words, asOfDay, eventDay, state, joined, standing } = signal;
  return {
    person,
    ...postOf(input, signal),
    rule,
    words,
    raised: isoOfDay(asOfDay),
    eventDay: dayOrNull(eventDay),
    state,
    joined,
    coolsUntil: eventDay === null ? isoOfDay(asOfDay + cooldownDays) : null,
    since: dayOrNull(standing?.sinceDay),
    stands: standing !== null && standing.clearedDay === null,
    cleared: dayOrNull(standing?.clearedDay),
  };
}

function standingRow({ person, rule, words, sinceDay, lastHeldDay, clearedDay }: Standing): StandingRow {
  return {
    person,
    rule,
    words,
    since: isoOfDay(sinceDay),
    lastHeld: isoOfDay(lastHeldDay),
    cleared: dayOrNull(clearedDay),
  };
}

function dayOrNull(day: number | null | undefined): string | null {
  return day === null || day === undefined ? null : isoOfDay(day);
}
