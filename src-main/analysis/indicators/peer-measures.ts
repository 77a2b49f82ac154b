import { daysInPost, tooRecent } from './exposure-measures.ts';
import { byMonth, type MeasureData, notHeld } from './measure-data.ts';
import { type RawSeries, ratio, shareOfPeople } from './point.ts';

export function peerContacts(data: MeasureData, per: number): RawSeries {
  const contacts = data.contacts();
  if (!contacts) return notHeld('contacts with peers');
  const posts = daysInPost(data);
  if (!posts) return notHeld('people');
  return byMonth(data.months, contacts).map((month, at) => {
    const { firstDay, lastDay } = data.months[at] ?? { firstDay: 0, lastDay: 0 };
    const { days, people } = posts[at] ?? { days: 0, people: 0 };
    const headcount = days / (lastDay - firstDay + 1);
    return ratio(month.length, headcount, per, [people, month.length], 'Nobody was in post in the month.');
  });
}

export function peerCaseload(data: MeasureData, per: number): RawSeries {
  const contacts = data.contacts();
  if (!contacts) return notHeld('contacts with peers');
  return byMonth(data.months, contacts).map((month) => {
    const volunteers = new Set(month.map(({ volunteer }) => volunteer)).size;
    return ratio(month.length, volunteers, per, [volunteers], 'No volunteer had a contact in the month.');
  });
}

/** Requests answered in time; the month must have ended as long ago as the time allowed. */
export function peerResponse(data: MeasureData, hours: number): RawSeries {
  const requests = data.requests();
  if (!requests) return notHeld('requests for peer support');
  const days = Math.ceil(hours / 24);
  return byMonth(data.months, requests).map((month, at) => {
    if ((data.months[at]?.lastDay ?? 0) + days > data.asOfDay) return tooRecent(days);
    const inTime = month.filter(
      ({ requestedAt, respondedAt }) => respondedAt !== null && respondedAt - requestedAt <= hours * 3_600,
    );
    return shareOfPeople(inTime.length, month.length, 'Nobody asked for a peer in the month.');
  });
}
