import { dayOfIso } from '#shared/domain/dates.ts';
import { counted, plainDate, plainMonth, plainNumber, plainShare } from '../exposure/words.ts';
import type { ChangeInOffer } from './change.ts';
import type { Effect } from './effect.ts';
import type { FunnelStep } from './funnel.ts';
import type { UptakeByGroup, UptakeOfGroup } from './missed.ts';
import type { ServiceUptake, SupportUptake } from './support-uptake.ts';
import type { TimeToContact } from './wait.ts';

const limits =
  'Uptake says who was offered what and who came, not who needed it or whom it helped. Groups differ in what they were offered, when and by whom; nothing here says why, and nothing in it is for judging a person.';

const twoDecimals = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** What the uptake of a period says, in plain sentences with their limits. */
export function readSupportUptake(result: SupportUptake): string[] {
  const { from, to } = result.period;
  const period = `from ${plainDate(dayOfIso(from) ?? 0)} to ${plainDate(dayOfIso(to) ?? 0)}`;
  if (result.services.length === 0) return [`F${period.slice(1)} the extract names no support.`, limits];
  return [
    ...result.services.flatMap((service) => serviceWords(service, period, result)),
    ...(result.change === null ? [] : changeWords(result.change)),
    limits,
  ];
}

function serviceWords(service: ServiceUptake, period: string, { followDays, minimum }: SupportUptake): string[] {
  const { people, funnel, wait, groups } = service;
  if (people === null) {
    return [
      `${service.service}: ${period} fewer than ${minimum} people were offered it and followed for ${followDays} days, so nothing is said of them.`,
    ];
  }
  return [
    `${service.service}: ${period} ${counted(people, 'person was', 'people were')} offered it or referred to it and followed for ${followDays} days${contactWords(funnel)}.`,
    ...(wait === null ? [] : [`${service.service}: ${waitWords(wait)}`]),
    ...groupWords(service.service, groups),
  ];
}

function contactWords(funnel: readonly FunnelStep[]): string {
  const contacted = funnel.find(({ step }) => step === 'contacted');
  if (!contacted || contacted.reason === 'not-recorded') return '; contacts are not recorded';
  if (contacted.share === null || contacted.low === null || contacted.high === null) return '';
  return `; ${plainShare(contacted.share)} were contacted (95% interval ${plainShare(contacted.low)} to ${plainShare(contacted.high)})`;
}

function waitWords({ medianDays, low, high, marks }: TimeToContact): string {
  const last = marks.findLast(({ contacted }) => contacted !== null);
  const share = last ? `; ${plainShare(last.contacted ?? 0)} had been within ${last.day} days` : '';
  if (medianDays === null) return `fewer than half had been contacted by the last day known${share}.`;
  const span = low === null || high === null ? '' : ` (95% interval ${plainNumber(low)} to ${plainNumber(high)})`;
  return `half had been contacted by day ${plainNumber(medianDays)}${span}${share}. Leaving the force before a contact counts as such, not as waiting.`;
}

/** A grouping as it is named in a sentence. */
export const groupingWords = {
  role: 'role',
  unit: 'unit',
  rank: 'rank',
  workforce_type: 'kind of workforce',
  sex: 'sex',
  ethnicity_group: 'ethnicity group',
  age_band: 'age band',
  part_time: 'hours',
} as const satisfies Record<UptakeByGroup['by'], string>;

/** At most so many groups are named in a sentence. */
const mostNamed = 5;

function groupWords(service: string, groupings: readonly UptakeByGroup[]): string[] {
  const compared = groupings.filter(({ groups }) => groups.some(({ ratio }) => ratio !== null));
  const alike = compared.filter(({ groups }) => !groups.some(differs)).map(({ by }) => groupingWords[by]);
  return [
    ...compared.flatMap(({ by, reference, groups }) =>
      groups
        .filter(differs)
        .slice(0, mostNamed)
        .map(
          (group) =>
            `${service}, by ${groupingWords[by]}: people in ${group.group} took up an offer ${ratioWords(group)} as often as ${reference ?? 'the rest'}.`,
        ),
    ),
    ...(alike.length === 0
      ? []
      : [
          `${service}: by ${listed.format(alike)}, no group took up an offer more or less often than others by more than chance explains.`,
        ]),
  ];
}

const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' });

function differs({ ratio, pHolm }: UptakeOfGroup): boolean {
  return ratio !== null && pHolm !== null && pHolm < 0.05;
}

/** `0.70 times (0.58 to 0.84)`. */
function ratioWords({ ratio }: UptakeOfGroup): string {
  if (ratio === null) return '';
  const span =
    ratio.low === null || ratio.high === null
      ? ''
      : ` (${twoDecimals.format(ratio.low)} to ${twoDecimals.format(ratio.high)})`;
  return `${twoDecimals.format(ratio.estimate)} times${span}`;
}

function changeWords({
  service,
  on,
  firstMonth,
  series,
  seriesOmitted,
  compared,
  comparedOmitted,
}: ChangeInOffer): string[] {
  const when = plainDate(dayOfIso(on) ?? 0);
  const opening = `${service}, before and after ${when}`;
  return [
    series === null
      ? `${opening}: ${seriesOmitted ?? ''}`
      : `${opening}: in the newest month, uptake lay ${pointWords(series.last)} against the line of the months before, and ${series.level === null ? 'the step cannot be told' : `stepped by ${pointWords(series.level)} in ${plainMonth(firstMonth)}`}.`,
    ...(compared === null
      ? comparedOmitted === null
        ? []
        : [`${opening}: ${comparedOmitted}`]
      : [
          `${opening}: against ${compared.names.join(', ')}, which the change did not touch, uptake moved by ${pointWords(compared.difference)}.`,
        ]),
    'This says when uptake moved, not why: whatever else happened at the same time is in it too.',
  ];
}

/** `+12.0 percentage points (+4.0 to +20.0)`. */
function pointWords({ estimate, low, high }: Effect): string {
  const span = low === null || high === null ? '' : ` (${signed(low)} to ${signed(high)})`;
  return `${signed(estimate)} percentage points${span}`;
}

const signedNumber = new Intl.NumberFormat('en-GB', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});

function signed(share: number): string {
  return signedNumber.format(100 * share).replace('-', '−');
}

/** What a reader has to know of the data and the models. */
export function supportWarnings(
  result: SupportUptake,
  held: { readonly rows: number; readonly strangers: number },
): string[] {
  const { services, change, groups } = { ...result, groups: result.services.flatMap((service) => service.groups) };
  const unnamed = services.filter(({ funnel }) => funnel[0]?.reason === 'not-recorded').map(({ service }) => service);
  const missing = [...new Set(groups.flatMap(({ missingReference: group }) => (group === null ? [] : [group])))];
  return [
    ...(held.rows === 0 ? ['No steps of support are held: import the support extract first.'] : []),
    ...(held.strangers >= result.minimum
      ? [
          `${plainNumber(held.strangers)} people with steps of support are not in the people extract; they are left out.`,
        ]
      : []),
    ...(result.lastStart < result.period.to && services.length > 0
      ? [
          `Offers after ${plainDate(dayOfIso(result.lastStart) ?? 0)} have not been followed for ${result.followDays} days and count in the waiting times only.`,
        ]
      : []),
    ...(unnamed.length > 0
      ? [
          `Nobody is named as eligible for ${unnamed.join(', ')}, so the share of the eligible who were offered it cannot be known.`,
        ]
      : []),
    ...missing.map((group) => `There is no group “${group}” that may be compared with; the rest of the force is used.`),
    ...(change?.series?.warnings ?? []).map((warning) => `Before and after: ${warning}`),
    ...(change?.compared?.warnings ?? []).map((warning) => `Comparison: ${warning}`),
  ];
}
