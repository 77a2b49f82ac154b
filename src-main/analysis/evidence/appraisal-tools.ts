import emmieQ from '#resources/evidence/appraisal/emmie-q.json' with { type: 'json' };
import maryland from '#resources/evidence/appraisal/maryland-sms.json' with { type: 'json' };
import rob2 from '#resources/evidence/appraisal/rob-2.json' with { type: 'json' };
import robinsI from '#resources/evidence/appraisal/robins-i.json' with { type: 'json' };
import { type AppraisalTool, appraisalToolSchema } from '#shared/domain/evidence/appraisal.ts';

/** The tools that studies are appraised by. */
export const appraisalTools: readonly AppraisalTool[] = [rob2, robinsI, maryland, emmieQ].map((tool) =>
  appraisalToolSchema.parse(tool),
);

export function appraisalToolNamed(name: string): AppraisalTool | null {
  return appraisalTools.find(({ tool }) => tool === name) ?? null;
}
