import { groupReader } from '../absence/groups.ts';
import { reasonReader } from '../absence/reasons.ts';
import { longTermAfterDays, noSpellNotes, spellDays, spellsOf } from '../absence/spells.ts';
import { type Tally, tallyAbsence } from '../absence/tally.ts';
import { quietDays } from '../exposure/trend/month-states.ts';
import { tooRecent } from './exposure-measures.ts';
import { type MeasureData, notHeld } from './measure-data.ts';
import { notMeasured, type RawSeries, ratio, shareOfPeople } from './point.ts';

const kept = new WeakMap<MeasureData, readonly Tally[]>();
const reasonOf = reasonReader({ own: {}, codeSets: null });

/** The months of a force, counted once for all the indicators that rest on them. */
function tallies(data: MeasureData): readonly Tally[] | { readonly notMeasurable: string } {
  const staff = data.staff();
  if (!staff) return notHeld('people');
  if (!data.holdsAbsences()) return notHeld('absences');
  const known = kept.get(data);
  if (known) return known;
  const found = data.months.map(({ firstDay, lastDay }) =>
    tallyAbsence({
      ...staff,
      fromDay: firstDay,
      toDay: lastDay,
      days: 'calendar',
      gapDays: 0,
      bridgeWeekends: false,
      reasonOf,
      groupOf: groupReader('force', firstDay),
    }),
  );
  kept.set(data, found);
  return found;
}

const nobody = 'Nobody was in post in the month.';

export function absenceRate(data: MeasureData, psychological: boolean): RawSeries {
  const months = tallies(data);
  if ('notMeasurable' in months) return months;
  return months.map(({ all }) => {
    if (psychological && all.lostFte > 0 && all.unmappedFte >= all.lostFte) {
      return ratio(0, 0, 100, [], 'No reason code of the month has a rule, so nobody knows what was psychological.');
    }
    const people = psychological ? all.psychologicalPeople : all.absent;
    return ratio(
      psychological ? all.psychologicalFte : all.lostFte,
      all.availableFte,
      100,
      [all.people, people],
      nobody,
    );
  });
}

export function longTermAbsence(data: MeasureData): RawSeries {
  const months = tallies(data);
  if ('notMeasurable' in months) return months;
  return months.map(({ all }) => shareOfPeople(all.longAtEnd, all.inPostAtEnd, nobody));
}

/** Long spells by the month of their end, and those after which nothing followed for so many days. */
export function returnSustained(data: MeasureData, days: number): RawSeries {
  const staff = data.staff();
  if (!staff) return notHeld('people');
  if (!data.holdsAbsences()) return notHeld('absences');
  const returns: { readonly day: number; readonly sustained: boolean }[] = [];
  staff.members.forEach((member, index) => {
    const options = { toDay: data.asOfDay, gapDays: 0, bridgeWeekends: false };
    const spells = spellsOf(staff.absences[index] ?? [], options, noSpellNotes());
    spells.forEach((spell, at) => {
      if (spell.endDay === null || spellDays(spell, data.asOfDay) <= longTermAfterDays) return;
      const until = spell.endDay + days;
      if (member.serviceEnd !== null && member.serviceEnd < until) return;
      const next = spells[at + 1];
      returns.push({ day: spell.endDay, sustained: next === undefined || next.startDay > until });
    });
  });
  const held = data.spanOf('absences');
  return data.months.map(({ firstDay, lastDay }) => {
    if (lastDay + days > data.asOfDay) return tooRecent(days);
    if (held !== null && lastDay + days >= held.lastDay + quietDays) {
      return notMeasured(`The absences that are held end less than ${days} days after the month.`);
    }
    const own = returns.filter(({ day }) => day >= firstDay && day <= lastDay);
    const sustained = own.filter((one) => one.sustained).length;
    return shareOfPeople(sustained, own.length, 'Nobody came back from long-term absence in the month.');
  });
}
