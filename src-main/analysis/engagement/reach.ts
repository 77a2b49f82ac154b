import { wilsonInterval } from '#main/stats/wilson-interval.ts';
import type { Activity, AudienceGrouping } from '#shared/domain/engagement.ts';
import type { GroupReach, Reach, ShareWithLimits } from '#shared/domain/engagement-result.ts';
import type { EngagementInput } from './input.ts';
import { groupsToShow } from './safe-groups.ts';
import { fewestForShare } from './spec.ts';

/** A share with its 95% Wilson interval; null of too few people. */
export function shareOf(part: number, whole: number): ShareWithLimits | null {
  return whole < fewestForShare ? null : { share: part / whole, ...wilsonInterval(part, whole) };
}

type Row = { readonly group: string; readonly invited: number; readonly responded: number; readonly workforce: number };

/**
 * Who was reached by a grouping, beside the workforce where it was the workforce that was asked. A group is shown whole or not at
 * all; those whose group nobody noted are a group of their own, so that no group follows from the others.
 */
export function reachBy(by: AudienceGrouping, { activity, workforceBy, ...input }: EngagementInput): Reach | null {
  const workforce = workforceBy(by);
  const rows = rowsOf(by, activity, workforce);
  if (rows.length === 0) return null;
  const counts = rows.map(({ invited, responded }) => [responded, invited - responded]);
  const isShown = groupsToShow(
    rows.map(({ group }) => group),
    counts,
    input,
  );
  const isWorkforceShown = input.listToShow(
    rows.map(({ group }) => group),
    rows.map((row) => row.workforce),
    input.minimum,
  );
  const noted = rows.filter(({ group }) => group !== notNoted);
  const respondents = noted.reduce((sum, { responded }) => sum + responded, 0);
  const inPost = rows.reduce((sum, row) => sum + row.workforce, 0);
  const groups = rows.map((row, at) =>
    isShown[at] === true
      ? reachOf(row, { respondents, inPost: isWorkforceShown[at] === true ? inPost : null })
      : withheld(row.group),
  );
  return { by, groups, withheldGroups: groups.filter(({ reason }) => reason !== null).length };
}

const notNoted = 'not noted';

function rowsOf(by: AudienceGrouping, activity: Activity, workforce: ReadonlyMap<string, number>): Row[] {
  const own = activity.groups.filter((group) => group.by === by);
  if (own.length === 0) return [];
  const names = [...new Set([...own.map(({ group }) => group), ...workforce.keys()])].sort();
  const rows = names.map((name): Row => {
    const found = own.find(({ group }) => group === name);
    return {
      group: name,
      invited: found?.invited ?? 0,
      responded: found?.responded ?? 0,
      workforce: workforce.get(name) ?? 0,
    };
  });
  const invited = activity.invited - own.reduce((sum, group) => sum + group.invited, 0);
  const responded = activity.responded - own.reduce((sum, group) => sum + group.responded, 0);
  // Who answered without a group may be more than were invited without one: the table needs both.
  const rest = { group: notNoted, invited: Math.max(invited, responded), responded, workforce: 0 };
  return rest.invited === 0 ? rows : [...rows, rest];
}

type Wholes = { readonly respondents: number; readonly inPost: number | null };

function reachOf({ group, invited, responded, workforce }: Row, { respondents, inPost }: Wholes): GroupReach {
  const isCompared = group !== notNoted && respondents >= fewestForShare && inPost !== null && inPost >= fewestForShare;
  const ofRespondents = group !== notNoted && respondents >= fewestForShare ? responded / respondents : null;
  const ofWorkforce = isCompared ? workforce / inPost : null;
  return {
    ...{ group, invited, responded, rate: shareOf(responded, invited), ofRespondents },
    workforce: isCompared ? workforce : null,
    ofWorkforce,
    ratio: ofWorkforce === null ? null : ratioOf(responded, respondents, ofWorkforce),
    difference: ofRespondents === null || ofWorkforce === null ? null : standardised(ofRespondents, ofWorkforce),
    reason: null,
  };
}

/** The workforce is counted, not sampled: only the share of those who answered has an interval. */
function ratioOf(responded: number, respondents: number, ofWorkforce: number): GroupReach['ratio'] {
  if (ofWorkforce === 0) return null;
  const { low, high } = wilsonInterval(responded, respondents);
  return { estimate: responded / respondents / ofWorkforce, low: low / ofWorkforce, high: high / ofWorkforce };
}

/** Difference of two shares over the mean of their spreads (Austin 2009, Statistics in Medicine 28:3083); null where neither varies. */
function standardised(a: number, b: number): number | null {
  const spread = Math.sqrt((a * (1 - a) + b * (1 - b)) / 2);
  return spread === 0 ? null : (a - b) / spread;
}

function withheld(group: string): GroupReach {
  const nothing = { invited: null, responded: null, rate: null, ofRespondents: null, workforce: null };
  return { group, ...nothing, ofWorkforce: null, ratio: null, difference: null, reason: 'few' };
}
