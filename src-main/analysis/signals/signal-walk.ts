import { type FoundSignal, type NewSignal, signalsToRaise } from '../cases/raise-signals.ts';

/** A signal as it was raised at a look, and what became of it. */
export type RaisedSignal = NewSignal & {
  /** Whether it begins a time in which the rule holds, or says again that it still does. Single events are always new. */
  readonly state: 'new' | 'again';
  /** Later looks within the cool-down at which the rule held: they are this signal, and none is lost. */
  joined: number;
  /** The time in which the rule holds; null for a single event. */
  readonly standing: Standing | null;
};

/** A time in which a rule over a window holds for somebody, from the look at which it began. */
export type Standing = {
  readonly person: string;
  readonly rule: string;
  /** Why, as of the last look at which it held. */
  words: string;
  readonly sinceDay: number;
  lastHeldDay: number;
  /** First of the looks in a row at which it was false; null while it holds. */
  falseSinceDay: number | null;
  /** The look at which it had been false for long enough; null while it stands. */
  clearedDay: number | null;
  raised: number;
};

export type LookOutcome = { readonly raised: readonly RaisedSignal[]; readonly joined: number };

export type SignalWalk = {
  /** Looks at a day. The days must ascend. */
  readonly look: (day: number, found: readonly FoundSignal[]) => LookOutcome;
  /** What stands after the last look. */
  readonly standing: () => readonly Standing[];
  readonly cleared: () => readonly Standing[];
};

/**
 * Carries signals from look to look.
 *
 * Raising is that of the clinicians’ list (`signalsToRaise`): a rule over a window that holds is raised unless it was raised less
 * than the cool-down ago, and then the look joins that signal; a single event is raised once, whatever the cool-down.
 *
 * Hysteresis: once a rule over a window has been raised it stands, and has cleared only when it was false at every look for
 * `clearAfterDays`, counted from the first of them. A rule that comes and goes around its threshold within that time is one
 * standing, so that its later signals say “again” and not “new”.
 */
export function signalWalk({
  cooldownDays,
  clearAfterDays,
}: {
  readonly cooldownDays: number;
  readonly clearAfterDays: number;
}): SignalWalk {
  const open = new Map<string, Standing>();
  const done: Standing[] = [];
  const latest = new Map<string, RaisedSignal>();
  let recent: RaisedSignal[] = [];
  return {
    look: (day, found) => {
      recent = recent.filter(({ asOfDay }) => day - asOfDay < cooldownDays);
      const held = new Set<string>();
      for (const { person, rule, eventDays } of found) {
        if (eventDays === null) held.add(keyOf(person, rule));
      }
      done.push(...clearOf(open, held, day, clearAfterDays));
      for (const signal of found) if (signal.eventDays === null) hold(open, signal, day);
      const raised = signalsToRaise(found, recent, { asOfDay: day, cooldownDays }).map((signal): RaisedSignal => {
        const key = keyOf(signal.person, signal.rule);
        const standing = signal.eventDay === null ? (open.get(key) ?? null) : null;
        const state = standing !== null && standing.raised > 0 ? 'again' : 'new';
        if (standing) standing.raised += 1;
        return { ...signal, state, joined: 0, standing };
      });
      let joined = 0;
      const fresh = new Set<string>();
      for (const signal of raised) {
        if (signal.eventDay !== null) continue;
        fresh.add(keyOf(signal.person, signal.rule));
        latest.set(keyOf(signal.person, signal.rule), signal);
      }
      for (const key of held) {
        const signal = fresh.has(key) ? undefined : latest.get(key);
        if (!signal) continue;
        signal.joined += 1;
        joined += 1;
      }
      recent.push(...raised.filter(({ eventDay }) => eventDay === null));
      return { raised, joined };
    },
    standing: () => [...open.values()],
    cleared: () => done,
  };
}

function keyOf(person: string, rule: string): string {
  return `${person} ${rule}`;
}

/** Takes out what has been false for long enough. */
function clearOf(
  open: Map<string, Standing>,
  held: ReadonlySet<string>,
  day: number,
  clearAfterDays: number,
): Standing[] {
  const cleared: Standing[] = [];
  for (const [key, standing] of open) {
    if (held.has(key)) continue;
    standing.falseSinceDay ??= day;
    if (day - standing.falseSinceDay < clearAfterDays) continue;
    standing.clearedDay = day;
    cleared.push(standing);
    open.delete(key);
  }
  return cleared;
}

function hold(open: Map<string, Standing>, { person, rule, words }: FoundSignal, day: number): void {
  const standing = open.get(keyOf(person, rule));
  if (standing) {
    standing.words = words;
    standing.lastHeldDay = day;
    standing.falseSinceDay = null;
    return;
  }
  open.set(keyOf(person, rule), {
    person,
    rule,
    words,
    sinceDay: day,
    lastHeldDay: day,
    falseSinceDay: null,
    clearedDay: null,
    raised: 0,
  });
}
