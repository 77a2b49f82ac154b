import type { Activity, AudienceGrouping } from '#shared/domain/engagement.ts';

export type EngagementInput = {
  readonly activity: Activity;
  readonly by: readonly AudienceGrouping[];
  readonly minimum: number;
  /** People in post on the last day by the groups of a grouping; empty where it was not the workforce that was asked. */
  readonly workforceBy: (by: AudienceGrouping) => ReadonlyMap<string, number>;
  /** Rows of a table whose every cell may be shown beside the totals of its columns. */
  readonly rowsToShow: (
    rows: readonly string[],
    counts: readonly (readonly number[])[],
    minimum: number,
  ) => readonly boolean[];
  /** Counts of a list whose total is known that may be shown. */
  readonly listToShow: (rows: readonly string[], counts: readonly number[], minimum: number) => readonly boolean[];
};
