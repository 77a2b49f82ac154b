import { describe, expect, it } from 'vitest';
import {
  civilOfDay,
  dayOfCivil,
  dayOfIso,
  daysInMonth,
  isLeapYear,
  isoOfDay,
  isoOfEpoch,
  lastDayOfMonth,
  londonDay,
  londonOffsetSeconds,
  monthIndexOfIso,
  monthOfDay,
  summerTimeOf,
  utcOfLondon,
} from '#shared/domain/dates.ts';

// Oracles: the platform's own calendar (`Date` in UTC) and its copy of the IANA time zone database (`Intl`).
const secondsPerDay = 86_400;
const firstDay = Date.UTC(1970, 0, 1) / 86_400_000;
const lastDay = Date.UTC(2100, 11, 31) / 86_400_000;
const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** Local wall-clock seconds, as if London were UTC, by `Intl`. */
function oracleWallSeconds(epochSeconds: number): number {
  const parts = new Map(london.formatToParts(epochSeconds * 1_000).map((part) => [part.type, Number(part.value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? Number.NaN;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) / 1_000;
}

describe('calendar', () => {
  it('agrees with Date on every day from 1970 to 2100, both ways', () => {
    const wrong: string[] = [];
    for (let day = firstDay; day <= lastDay; day += 1) {
      const date = new Date(day * 86_400_000);
      const iso = date.toISOString().slice(0, 10);
      const civil = civilOfDay(day);
      const sound =
        isoOfDay(day) === iso &&
        dayOfIso(iso) === day &&
        monthOfDay(day) === iso.slice(0, 7) &&
        civil.year === date.getUTCFullYear() &&
        civil.month === date.getUTCMonth() + 1 &&
        civil.day === date.getUTCDate() &&
        dayOfCivil(civil.year, civil.month, civil.day) === day;
      if (!sound) wrong.push(iso);
    }
    expect(wrong).toEqual([]);
  });

  it('counts days before 1970 below zero', () => {
    expect(dayOfIso('1969-12-31')).toBe(-1);
    expect(isoOfDay(-25_567)).toBe('1900-01-01');
    expect(dayOfIso('1900-01-01')).toBe(-25_567);
  });

  it('knows leap years and month lengths', () => {
    expect([1900, 2000, 2024, 2026, 2100].map(isLeapYear)).toEqual([false, true, true, false, false]);
    expect([2, 4, 12, 0, 13].map((month) => daysInMonth(2024, month))).toEqual([29, 30, 31, 0, 0]);
  });

  it.each([
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-01',
    '31/03/2026',
    '20260331',
    '2026-03-31 ',
    '',
  ])('refuses %j as a date', (text) => {
    expect(dayOfIso(text)).toBeNull();
  });

  it('reads months and finds their last day', () => {
    expect(monthIndexOfIso('2026-03')).toBe(2026 * 12 + 2);
    expect(monthIndexOfIso('2026-03-31')).toBe(2026 * 12 + 2);
    expect(monthIndexOfIso('2026-02-30')).toBeNull();
    expect(monthIndexOfIso('2026-13')).toBeNull();
    expect(isoOfDay(lastDayOfMonth(2024 * 12 + 1))).toBe('2024-02-29');
    expect(isoOfDay(lastDayOfMonth(2025 * 12 + 11))).toBe('2025-12-31');
  });
});

describe('Europe/London', () => {
  it('has the offset of the time zone database at 00:30 and 12:00 UTC of every day from 1970 to 2100', () => {
    const wrong: string[] = [];
    for (let day = firstDay; day <= lastDay; day += 1) {
      for (const second of [1_800, 43_200]) {
        const epoch = day * secondsPerDay + second;
        if (londonOffsetSeconds(epoch) !== oracleWallSeconds(epoch) - epoch) wrong.push(isoOfEpoch(epoch));
      }
    }
    expect(wrong).toEqual([]);
  });

  it('changes in the second in which the time zone database does, every year from 1972 to 2100', () => {
    const wrong: number[] = [];
    for (let year = 1972; year <= 2100; year += 1) {
      const { from, to } = summerTimeOf(year);
      for (const epoch of [from - 1, from, to - 1, to]) {
        if (londonOffsetSeconds(epoch) !== oracleWallSeconds(epoch) - epoch) wrong.push(year);
        if (londonDay(epoch) !== Math.floor(oracleWallSeconds(epoch) / secondsPerDay)) wrong.push(year);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('ended British Standard Time on 31 October 1971 at 02:00 UTC', () => {
    const { to } = summerTimeOf(1971);
    expect(isoOfEpoch(to)).toBe('1971-10-31T02:00:00Z');
    for (const epoch of [to - 1, to, dayOfCivil(1970, 1, 15) * secondsPerDay]) {
      expect(londonOffsetSeconds(epoch)).toBe(oracleWallSeconds(epoch) - epoch);
    }
  });

  it('takes a wall clock back to the moment that shows it, in every quarter of an hour around each change', () => {
    const wrong: string[] = [];
    for (let year = 1972; year <= 2100; year += 1) {
      const { from, to } = summerTimeOf(year);
      for (const change of [from, to]) {
        for (let epoch = change - 3 * 3_600; epoch <= change + 3 * 3_600; epoch += 900) {
          const wall = oracleWallSeconds(epoch);
          const back = utcOfLondon(wall);
          const secondOfTwo = epoch >= to && epoch < to + 3_600;
          if (back !== (secondOfTwo ? epoch - 3_600 : epoch)) wrong.push(isoOfEpoch(epoch));
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('reads a skipped hour with the offset before the change', () => {
    const wall = Date.UTC(2026, 2, 29, 1, 30) / 1_000;
    expect(isoOfEpoch(utcOfLondon(wall))).toBe('2026-03-29T01:30:00Z');
  });

  it('gives the local day, which is the next one in the last hour of a summer evening', () => {
    expect(isoOfDay(londonDay(Date.UTC(2026, 5, 30, 22, 59, 59) / 1_000))).toBe('2026-06-30');
    expect(isoOfDay(londonDay(Date.UTC(2026, 5, 30, 23) / 1_000))).toBe('2026-07-01');
    expect(isoOfDay(londonDay(Date.UTC(2026, 11, 31, 23, 59, 59) / 1_000))).toBe('2026-12-31');
  });
});
