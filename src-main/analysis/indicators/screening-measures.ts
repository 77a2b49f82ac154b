import { instrumentNamed } from '../instruments/registry.ts';
import { screeningSummary } from '../screening/screening-summary.ts';
import { byMonth, type MeasureData, notHeld } from './measure-data.ts';
import { type RawSeries, shareOfPeople } from './point.ts';

/** People invited in each month, and those of them who answered; without invitations there is no denominator. */
export function screeningUptake(data: MeasureData): RawSeries {
  const rows = data.invitations();
  if (!rows) return notHeld('screenings');
  if (!rows.some(({ invited }) => invited)) {
    return { notMeasurable: 'The screenings hold answers only: nobody knows how many were invited.' };
  }
  const invited = rows.filter((row) => row.invited);
  return byMonth(data.months, invited).map((month) => {
    const people = new Set(month.map(({ person }) => person));
    const answered = new Set(month.flatMap(({ person, completed }) => (completed ? [person] : [])));
    return shareOfPeople(answered.size, people.size, 'Nobody was invited in the month.');
  });
}

export function caseness(data: MeasureData, instrument: string, cutOff: string): RawSeries {
  const records = data.screenings();
  if (!records) return notHeld('screenings');
  const definition = instrumentNamed(instrument);
  if (!definition) return { notMeasurable: `There is no definition of ${instrument}.` };
  const own = records.filter((record) => record.instrument === definition.code);
  if (own.length === 0) return { notMeasurable: `No screenings with ${instrument} are imported.` };
  return byMonth(data.months, own).map((month, at) => {
    const { firstDay, lastDay } = data.months[at] ?? { firstDay: 0, lastDay: -1 };
    const [summary] = screeningSummary(month, [definition], { fromDay: firstDay, toDay: lastDay });
    const finding = summary?.findings.find(({ rule }) => rule.startsWith(`${cutOff}:`));
    return shareOfPeople(
      finding?.positive ?? 0,
      finding?.judged ?? 0,
      `Nobody was screened with ${instrument} in the month.`,
    );
  });
}
