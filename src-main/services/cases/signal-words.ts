import type { SignalRecord } from '#main/store/case-records.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { schemeInWords } from '#shared/domain/scheme.ts';
import { formatDate } from '#shared/report/format.ts';

/** Why signals are on the list, one line a reason; what was said before says so, with the day since when it stands. */
export function signalReasons(signals: readonly SignalRecord[]): string[] {
  const lines = signals.map(({ words, again, sinceDay }) =>
    again === 1 && sinceDay !== null
      ? `${words} Said again: it stands since ${formatDate(isoOfDay(sinceDay))}.`
      : words,
  );
  return [...new Set(lines)];
}

/** What raised signals, each once. */
export function raisedBy(signals: readonly SignalRecord[]): string[] {
  return [...new Set(signals.map(({ scheme, schemeVersion }) => schemeInWords(scheme, schemeVersion)))];
}
