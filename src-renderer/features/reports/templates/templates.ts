import { dataQuality } from './data-quality.tsx';
import { evidenceSummary } from './evidence-summary.tsx';
import { exposureAndWellbeing } from './exposure-and-wellbeing.tsx';
import { familyImpact } from './family-impact.tsx';
import { familySummary } from './family-summary.tsx';
import { forceQuarterly } from './force-quarterly.tsx';
import { modelCard } from './model-card.tsx';
import { pilotEvaluation } from './pilot-evaluation.tsx';
import type { ReportTemplate } from './report-template.ts';
import { unitBriefing } from './unit-briefing.tsx';

/** Every report that can be built here, in the order in which they are offered; the first is chosen at first. */
export const templates = [
  exposureAndWellbeing,
  forceQuarterly,
  unitBriefing,
  familyImpact,
  familySummary,
  pilotEvaluation,
  evidenceSummary,
  modelCard,
  dataQuality,
] as const satisfies [ReportTemplate, ...ReportTemplate[]];
