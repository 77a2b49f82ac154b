import type { Scheme } from '#shared/domain/scheme.ts';
import { categoryLabel, counted, plainMonth, plainNumber, plainRate, plainShare } from '../words.ts';
import type { ExposureTrendResult, GroupChart } from './exposure-trend.ts';
import type { GroupFunnel } from './group-funnel.ts';
import { ruleWords } from './trend-signals.ts';
import type { ExposureTrendSpec } from './trend-spec.ts';

const limits =
  'A signal says that something changed: how work is recorded, who is in post, the season or what happened. It does not say which, and it is a reason to ask, never to judge a team or a person.';

const chartsInWords = 5;

/** Charts with most of them come first. */
function monthsSignalled({ points }: GroupChart): number {
  return points.filter(({ signals }) => signals.length > 0).length;
}

/** What the trends say, in plain sentences with their limits. */
export function readExposureTrend(result: ExposureTrendResult, spec: ExposureTrendSpec): readonly string[] {
  const held = result.months.filter(({ state }) => state === 'held');
  if (held.length === 0) {
    return ['No month of the period has data, so there is no trend to describe. A month without data is not a zero.'];
  }
  return [
    `${counted(held.length, 'month', 'months')} from ${plainMonth(held[0]?.month ?? '')} to ${plainMonth(held.at(-1)?.month ?? '')} with data, ` +
      `${counted(result.events, 'exposure', 'exposures')}; rates are per 100 ${result.basis}${basisWords(result)}.`,
    ...missingWords(result),
    ...signalWords(result, spec),
    ...funnelWords(result, spec),
    ...sharingWords(result, spec),
    limits,
  ];
}

function basisWords({ monthsWithoutDuties }: ExposureTrendResult): string {
  if (monthsWithoutDuties === 0) return '';
  return `, because duties are missing for ${counted(monthsWithoutDuties, 'month', 'months')} of them`;
}

function missingWords({ months }: ExposureTrendResult): readonly string[] {
  const none = months.filter(({ state }) => state === 'none').length;
  const part = months.filter(({ state }) => state === 'part').map(({ month }) => plainMonth(month));
  return [
    ...(none > 0
      ? [
          `${counted(none, 'month has', 'months have')} no data at all and ${none === 1 ? 'is' : 'are'} left out, not counted as zero.`,
        ]
      : []),
    ...(part.length > 0
      ? [
          `${part.join(' and ')} ${part.length === 1 ? 'is' : 'are'} left out, because the records begin or end within ${part.length === 1 ? 'it' : 'them'}.`,
        ]
      : []),
  ];
}

function signalWords({ charts, signalling }: ExposureTrendResult, spec: ExposureTrendSpec): readonly string[] {
  if (signalling.charts === 0)
    return ['No chart has the 12 months with data that limits need, so no rule was applied.'];
  if (spec.rules === 'none') return ['No rules were asked for.'];
  const signalled = charts.filter(({ signals }) => signals.length > 0);
  const shown = signalled
    .filter(({ share }) => share)
    .sort((a, b) => monthsSignalled(b) - monthsSignalled(a))
    .slice(0, chartsInWords);
  const left = signalled.length - shown.length;
  return [
    signalling.charts === 1 && charts[0]
      ? `A chart that long would signal ${chanceWords(signalling.expectedIfStable)} of the time even if nothing had changed; this one ${signalled.length === 1 ? 'does' : 'does not'}.`
      : `${plainNumber(signalled.length)} of ${counted(signalling.charts, 'chart signals', 'charts signal')}; about ${plainNumber(signalling.expectedIfStable)} would even if nothing had changed in any.`,
    ...shown.map((chart) => `${nameOf(chart)}: ${chart.signals.map(({ words }) => words).join(' ')}`),
    ...(left > 0 ? [`${counted(left, 'more chart signals', 'more charts signal')}; the result lists every one.`] : []),
    `The rules are the four of NHS England’s “Making Data Count”: ${Object.values(ruleWords).join('; ')}.`,
  ];
}

function chanceWords(chance: number): string {
  return `about ${Math.round(chance * 100)}%`;
}

function nameOf({ group, category }: GroupChart): string {
  return category === null ? group : `${group}, ${categoryLabel(category)}`;
}

function funnelWords(result: ExposureTrendResult, { by }: ExposureTrendSpec): readonly string[] {
  const { funnel, funnelWithinRoles: within, basis } = result;
  if (funnel === null) return [];
  const spread =
    funnel.tau2 > 0
      ? ` The ${by}s differ more than chance alone would make them, as ${by}s with different work do, and the limits allow for that.`
      : '';
  const left = within?.notCompared.length ?? 0;
  const alone =
    left === 0
      ? ''
      : ` ${counted(left, 'unit does most of its kind of work itself and is', 'units do most of their kind of work themselves and are')} compared with nobody.`;
  return [
    `Over all months the rate is ${plainRate(funnel.rate)} per 100 ${basis}; ${outsideWords(funnel, by)}.${spread}`,
    ...(within === null ? [] : [`Set beside the same roles elsewhere, ${outsideWords(within, by)}.${alone}`]),
  ];
}

function outsideWords({ points }: GroupFunnel, by: ExposureTrendSpec['by']): string {
  const outside = points.filter(({ outside: side }) => side !== null);
  const shown = outside
    .filter(({ share }) => share)
    .slice(0, chartsInWords)
    .map(({ group, rate, outside: side }) => `${group} (${plainRate(rate)}, ${side === 'high' ? 'higher' : 'lower'})`);
  const named = shown.length > 0 ? `: ${shown.join(', ')}` : '';
  return `${counted(outside.length, `${by} lies`, `${by}s lie`)} outside the 99.8% limits of the funnel${named}`;
}

function sharingWords({ groups }: ExposureTrendResult, { by }: ExposureTrendSpec): readonly string[] {
  const small = groups.filter(({ share }) => !share).length;
  if (small === 0) return [];
  return [
    `${counted(small, `${by} has`, `${by}s have`)} fewer than 10 people in some month: ${small === 1 ? 'it is' : 'they are'} marked as not for sharing, because a month could point at one of them.`,
  ];
}

/** What would make a reader misjudge the trends. */
export function trendWarnings(result: ExposureTrendResult, scheme: Scheme, coverage: number | null): readonly string[] {
  const silent = result.charts.filter(({ notes }) => notes.some((note) => note.startsWith('Nothing was recorded in')));
  return [
    ...(result.months.some(({ state }) => state === 'held') ? [] : ['No month of the period has data.']),
    ...(result.unplaced > 0
      ? [
          `${counted(result.unplaced, 'exposure is', 'exposures are')} of people in no post on the day, and in no chart.`,
        ]
      : []),
    ...(result.withoutFte > 0 && result.basis === 'FTE days in post'
      ? [
          `For ${counted(result.withoutFte, 'person', 'people')} the full-time equivalent is not known; they count as full-time.`,
        ]
      : []),
    ...(silent.length > 0
      ? [
          `${counted(silent.length, 'chart has', 'charts have')} months of nothing where much was to be expected: look at the notes, for an extract may be missing.`,
        ]
      : []),
    ...(coverage !== null && coverage < 0.95
      ? [`Only ${plainShare(coverage)} of the rows have a code with a rule; when rules are added, rates rise.`]
      : []),
    ...(scheme.status === 'approved'
      ? []
      : [`The scheme ${scheme.id} is not approved (${scheme.status}): use it to compare, not to decide.`]),
  ];
}
