import { postSegments } from '../absence/staff-timeline.ts';
import { type MeasureData, notHeld } from './measure-data.ts';
import { type RawSeries, ratio, shareOfPeople } from './point.ts';

/** Days that people were in post, and people with any, by month. */
export function daysInPost(data: MeasureData): { readonly days: number; readonly people: number }[] | null {
  const staff = data.staff();
  if (!staff) return null;
  return data.months.map(({ firstDay, lastDay }) => {
    let days = 0;
    let people = 0;
    for (const member of staff.members) {
      const segments = postSegments(member, firstDay, lastDay);
      if (segments.length > 0) people += 1;
      for (const { fromDay, toDay } of segments) days += toDay - fromDay + 1;
    }
    return { days, people };
  });
}

export function exposureRate(data: MeasureData, per: number): RawSeries {
  const exposures = data.exposures();
  if (!exposures) return notHeld('exposures');
  const posts = daysInPost(data);
  if (!posts) return notHeld('people');
  return posts.map(({ days, people }, month) => {
    const events = exposures.eventsInPost[month] ?? 0;
    return ratio(events, days, per, [people, events], 'Nobody was in post in the month.');
  });
}

export function exposureCoverage(data: MeasureData): RawSeries {
  const exposures = data.exposures();
  if (!exposures) return notHeld('exposures or attendances');
  return exposures.rows.map((rows, month) =>
    ratio(exposures.covered[month] ?? 0, rows, 100, [], 'No exposure rows or attendances are held for the month.'),
  );
}

export function overThreshold(data: MeasureData): RawSeries {
  const exposures = data.exposures();
  if (!exposures) return notHeld('exposures');
  return data.months.map((_, month) => {
    const { people, over } = exposures.overThreshold(month);
    return shareOfPeople(over, people, 'Nobody was in post on the last day of the month.');
  });
}

export function exposureRecording(data: MeasureData, days: number): RawSeries {
  const recorded = data.recorded(days);
  if (!recorded) return notHeld('exposures');
  const { asOfDay, months } = data;
  return recorded.map(({ known, inTime }, month) =>
    (months[month]?.lastDay ?? 0) + days > asOfDay
      ? tooRecent(days)
      : ratio(inTime, known, 100, [], 'No exposure row of the month says when it was recorded.'),
  );
}

export function tooRecent(days: number) {
  return {
    numerator: 0,
    denominator: 0,
    value: null,
    reason: `${days} days have not passed since the end of the month.`,
    people: [],
  };
}
