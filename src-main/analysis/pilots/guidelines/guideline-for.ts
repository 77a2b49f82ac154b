import type { PilotDesign } from '#shared/domain/pilot.ts';
import type { ReportingGuideline } from '#shared/domain/pilot-evaluation-result.ts';
import { consort2025 } from './consort-2025.ts';
import { steppedWedge2018 } from './stepped-wedge-2018.ts';
import { strobe } from './strobe.ts';
import { trend } from './trend.ts';

const guidelines: Readonly<Record<PilotDesign, ReportingGuideline>> = {
  'pre-post': trend,
  randomised: consort2025,
  'cluster-randomised': consort2025,
  'stepped-wedge': steppedWedge2018,
  'difference-in-differences': trend,
  'interrupted-time-series': strobe,
  weighting: trend,
};

/** What a report of a pilot of that design is to say, item by item. */
export function guidelineFor(design: PilotDesign): ReportingGuideline {
  return guidelines[design];
}
