import { groupReader } from '#main/analysis/absence/groups.ts';
import { postSegments } from '#main/analysis/absence/staff-timeline.ts';
import { engagement, minimumFor } from '#main/analysis/engagement/engagement.ts';
import { engagementScript } from '#main/analysis/engagement/r-script.ts';
import { engagementWarnings, readEngagement } from '#main/analysis/engagement/reading.ts';
import type { EngagementSpec } from '#main/analysis/engagement/spec.ts';
import { rowsOfSafeTable } from '#main/disclosure/safe-rows.ts';
import type { Connection } from '#main/store/connection.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import type { Activity, AudienceGrouping } from '#shared/domain/engagement.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { listToShow } from './counts-to-show.ts';
import { readMembers } from './staff-source.ts';

export type EngagementQuestion = { readonly spec: EngagementSpec; readonly activity: Activity };

export function engagementAnswer(connection: Connection, { spec, activity }: EngagementQuestion): AnalysisAnswer {
  const result = engagement({
    activity,
    by: spec.by,
    minimum: minimumFor(activity, spec.minimum),
    workforceBy: (by) =>
      activity.audience === 'officers and staff' ? workforceBy(connection, by, activity.to) : new Map(),
    rowsToShow: rowsOfSafeTable,
    listToShow,
  });
  return {
    asOf: activity.to,
    result,
    reading: readEngagement(result),
    warnings: engagementWarnings(result),
    coverage: null,
    r: engagementScript(result),
  };
}

/** Everybody in post on a day, by the groups of a grouping. */
function workforceBy(connection: Connection, by: AudienceGrouping, on: string): ReadonlyMap<string, number> {
  const day = dayOfIso(on) ?? 0;
  const read = groupReader(by, day);
  const counts = new Map<string, number>();
  for (const member of readMembers(connection).members) {
    const post = postSegments(member, day, day)[0];
    if (!post) continue;
    const group = read(member, post);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
}
