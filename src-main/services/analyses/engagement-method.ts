import { parseEngagementSpec } from '#main/analysis/engagement/spec.ts';
import type { Connection } from '#main/store/connection.ts';
import { fail, type Result } from '#shared/domain/result.ts';
import { activitiesName, activityNamed } from './beside-batches.ts';
import { type Asked, type Method, withoutScheme } from './method.ts';

/** Of an activity of the plan, as it was last saved. */
function question(given: Readonly<Record<string, unknown>>, connection: Connection): Result<Asked> {
  const parsed = parseEngagementSpec(given);
  if (!parsed.ok) return parsed;
  const activity = activityNamed(connection, parsed.value.activity);
  return activity === null
    ? fail('NOT_FOUND', `There is no activity “${parsed.value.activity}”.`, 'Nothing was run. Name one of the plan.')
    : withoutScheme({ method: 'engagement', spec: parsed.value, activity });
}

export const engagementMethod: Method = {
  version: '1',
  kinds: ['people', 'postings'],
  beside: activitiesName,
  ask: question,
};
