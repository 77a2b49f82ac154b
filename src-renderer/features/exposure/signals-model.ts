import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { addMonths } from './filters.ts';

export type SignalCounts = { readonly signals: number; readonly new: number; readonly again: number };
export type SignalRule = SignalCounts & {
  readonly rule: string;
  readonly words: string;
  readonly single: boolean;
  readonly people: number;
  readonly standing: number;
};
export type SignalUnit = SignalCounts & { readonly unit: string; readonly people: number };
export type SignalLine = {
  readonly person: string;
  readonly unit: string;
  readonly role: string;
  readonly rule: string;
  readonly words: string;
  readonly raised: string;
  readonly eventDay: string | null;
  readonly state: 'new' | 'again';
  readonly joined: number;
  readonly coolsUntil: string | null;
  readonly since: string | null;
  readonly stands: boolean;
  readonly cleared: string | null;
};

/** What `signals` answers. */
export type Signals = {
  readonly coverage: number | null;
  readonly cooldownDays: number;
  readonly clearAfterDays: number;
  readonly people: number;
  readonly peopleWithSignals: number;
  readonly peopleStanding: number;
  readonly total: SignalCounts & { readonly single: number; readonly joined: number; readonly cleared: number };
  readonly rules: readonly SignalRule[];
  readonly units: readonly SignalUnit[];
  readonly months: readonly (SignalCounts & { readonly month: string; readonly rule: string })[];
  readonly looks: readonly { readonly day: string }[];
  readonly rows: readonly SignalLine[];
};

export function readSignals({ result }: AnalysisResult): Signals {
  const given = result as Partial<Signals>;
  if (typeof given.people !== 'number' || !Array.isArray(given.rules) || !Array.isArray(given.looks)) {
    throw new Error('The result of signals does not have its shape.');
  }
  return { ...given, rows: given.rows ?? [] } as Signals;
}

export type SignalQuestion = {
  readonly every: 'day' | 'week' | 'month';
  readonly backDays: number;
  readonly scheme: string;
};

/** Looks that end on a day and go back from it, but not beyond the first day of data. */
export function signalsSpec(question: SignalQuestion, asOf: string, firstDay: string, rows: boolean) {
  const back = isoOfDay((dayOfIso(asOf) ?? 0) - question.backDays);
  const from = back < firstDay ? firstDay : back;
  return { asOf, from: from > asOf ? asOf : from, every: question.every, scheme: question.scheme, rows };
}

export type SignalMonths = {
  readonly months: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
};

/** Signals by month and rule; months without a signal stand at 0. */
export function signalMonths({ months, looks, rules }: Signals): SignalMonths {
  const [first, last] = [looks[0]?.day.slice(0, 7), looks.at(-1)?.day.slice(0, 7)];
  const all: string[] = [];
  if (first !== undefined && last !== undefined) {
    for (let month = first; month <= last; month = addMonths(month, 1)) all.push(month);
  }
  const spoken = rules.filter(({ signals }) => signals > 0);
  return {
    months: all,
    series: spoken.map(({ rule, words }) => ({
      name: words,
      values: all.map((month) => months.find((cell) => cell.month === month && cell.rule === rule)?.signals ?? 0),
    })),
  };
}

export type LineFilter = { readonly search: string; readonly standingOnly: boolean };

/** Lines that hold every word; of what stands now, the latest signal of each person and rule. */
export function filterLines(lines: readonly SignalLine[], { search, standingOnly }: LineFilter): readonly SignalLine[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (standingOnly ? latestStanding(lines) : lines).filter((line) => {
    const text = `${line.person} ${line.unit} ${line.role} ${line.words}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The lines come in the order in which they were raised. */
function latestStanding(lines: readonly SignalLine[]): readonly SignalLine[] {
  const standing = lines.filter(({ stands }) => stands);
  return [...new Map(standing.map((line) => [`${line.person} ${line.rule}`, line])).values()];
}
