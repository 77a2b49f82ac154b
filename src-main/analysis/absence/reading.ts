import { dayOfIso } from '#shared/domain/dates.ts';
import { counted, plainDate, plainNumber, plainShare } from '../exposure/words.ts';
import type { AbsenceResult } from './absence-result.ts';
import type { AbsenceFigures } from './figures.ts';
import type { AbsenceSpec } from './spec.ts';

const limits =
  'Absence shows who was away and why it was recorded, not how anyone is: reasons are chosen by people who may fear to name them. Groups differ in much beside what is counted here, and nothing in it is for judging a person.';

/** What the absence of a period says, in plain sentences with their limits. */
export function readAbsence(result: AbsenceResult, spec: AbsenceSpec): string[] {
  const period = `From ${plainDate(dayOfIso(spec.from) ?? 0)} to ${plainDate(dayOfIso(spec.to) ?? 0)}`;
  if (result.people === 0) return [`${period} nobody was in post, so there is no absence to describe.`, limits];
  const { all } = result;
  if (!all) return [`${period} too few people were in post or absent to say anything about them together.`, limits];
  return [
    rateWords(period, all, spec.days),
    spellWords(all),
    psychologicalWords(all),
    ...returnWords(result),
    ...groupWords(result),
    limits,
  ].filter((words) => words !== '');
}

function rateWords(period: string, all: AbsenceFigures, days: AbsenceSpec['days']): string {
  if (all.ratePercent === null) return `${period} no FTE days were available, so there is no rate.`;
  return (
    `${period}, ${plainNumber(all.days.fte)} of ${plainNumber(all.availableFteDays)} FTE ${days} days were lost to absence ` +
    `(${plainShare(all.ratePercent / 100)}).`
  );
}

function spellWords(all: AbsenceFigures): string {
  if (all.spells === 0)
    return 'No absence was recorded in it. That may also mean that no absences were imported for it.';
  const long =
    all.days.fte > 0 && all.long
      ? `; spells of more than 28 days took ${plainShare(all.long.fteDays / all.days.fte)} of the FTE days lost`
      : '';
  return (
    `${counted(all.spells, 'spell', 'spells')} reached into it, ${plainNumber(all.spellsStarted)} of them beginning in it` +
    `${long}.${all.openSpells === null ? '' : ` ${counted(all.openSpells, 'spell was', 'spells were')} still open at its end.`}`
  );
}

function psychologicalWords({ psychological, days }: AbsenceFigures): string {
  if (psychological === null) return 'Too few people were absent under a psychological reason to give their share.';
  if (psychological.share === null || psychological.highestShare === null) return '';
  if (psychological.unmappedFteDays >= days.fte)
    return 'No reason code has a rule, so the psychological share is not known.';
  const known = `${plainShare(psychological.share)} of the FTE days lost are recorded under a psychological reason`;
  return psychological.unmappedFteDays === 0
    ? `${known}.`
    : `${known}; with every unmapped reason it would be ${plainShare(psychological.highestShare)}, and the true share lies between.`;
}

function returnWords({ returnToWork: { all, lateEntries } }: AbsenceResult): string[] {
  if (!all) return [];
  const late =
    lateEntries > 0 ? `; ${counted(lateEntries, 'spell', 'spells')} already open at the start count from there on` : '';
  if (all.medianDays === null)
    return [`Half of the spells had not ended within the time they could be followed${late}.`];
  return [
    `Half of the spells had ended by day ${plainNumber(all.medianDays)} of absence${late}. A person with several spells counts with each.`,
  ];
}

function groupWords({ rates, groups, withheldGroups }: AbsenceResult): string[] {
  if (groups.length < 2) return [];
  const withheld =
    withheldGroups > 0
      ? [
          `${counted(withheldGroups, 'group is', 'groups are')} withheld because too few people stand behind it or could be worked out from it.`,
        ]
      : [];
  if (!rates || rates.reference === null) return withheld;
  const apart = rates.groups.filter(({ ratio, pHolm }) => ratio && pHolm !== null && pHolm < 0.05);
  if (apart.length === 0) {
    return [
      ...withheld,
      `No group’s rate of new spells differs from that of ${rates.reference} by more than chance explains.`,
    ];
  }
  const named = apart.slice(0, 5).map(({ group, ratio }) => {
    const span =
      ratio?.low != null && ratio.high !== null ? ` (${plainNumber2(ratio.low)} to ${plainNumber2(ratio.high)})` : '';
    return `${group} ${plainNumber2(ratio?.estimate ?? 1)}${span}`;
  });
  return [
    ...withheld,
    `New spells against ${rates.reference}, as a ratio of rates with its 95% interval: ${named.join('; ')}.`,
  ];
}

const twoDecimals = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

function plainNumber2(value: number): string {
  return twoDecimals.format(value);
}

/** What a reader has to know of the data and the models. */
export function absenceWarnings(
  result: AbsenceResult,
  held: { readonly absences: number; readonly lastDay: number | null },
  spec: AbsenceSpec,
): string[] {
  const { notes } = result;
  const to = dayOfIso(spec.to) ?? 0;
  const unmapped = result.reasons.filter(({ group }) => group === 'UNMAPPED').map(({ reason }) => reason ?? '(none)');
  return [
    ...(held.absences === 0
      ? ['No absences are held that began by the last day: import the absence extract first.']
      : []),
    ...(held.lastDay !== null && held.lastDay < to
      ? [
          `The newest day in the absence extract is ${plainDate(held.lastDay)}, before the end of the period: what happened after it is not known, and open spells count as going on.`,
        ]
      : []),
    ...noteWords(notes),
    ...(unmapped.length > 0
      ? [
          `Reason codes without a rule: ${unmapped.slice(0, 20).join(', ')}${unmapped.length > 20 ? ` and ${unmapped.length - 20} more` : ''}. Name them under “reasons” in the spec.`,
        ]
      : []),
    ...(result.ratesOmitted === null ? [] : [result.ratesOmitted]),
    ...result.returnToWork.warnings.map((warning) => `Return to work: ${warning}`),
    ...(result.rates?.warnings ?? []).map((warning) => `Rates: ${warning}`),
  ];
}

function noteWords(notes: AbsenceResult['notes']): string[] {
  const lines: readonly (readonly [number, string])[] = [
    [
      notes.overlapping,
      'absences overlap another of the same person: each day counts once, under the one that began last.',
    ],
    [
      notes.openFollowed,
      'absences have no end although a later one of the same person follows: the spell counts as going on.',
    ],
    [notes.bridged, 'absences were bridged to the one before, as the spec asks.'],
    [notes.daysOutsideService, 'days absent lie outside service and are not counted.'],
    [notes.strangers.rows, 'absences belong to people whom the people extract does not hold; they are left out.'],
  ];
  return lines.filter(([count]) => count > 0).map(([count, words]) => `${plainNumber(count)} ${words}`);
}
