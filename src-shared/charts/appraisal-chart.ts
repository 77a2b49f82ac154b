import type { HeldAppraisal } from '../contract/evidence-studies.ts';
import type { AppraisalTool } from '../domain/evidence/appraisal.ts';
import type { TrafficLightsSpec } from './evidence-specs.ts';

type Light = TrafficLightsSpec['studies'][number]['lights'][number];

/** The lights of a tool that judges bias, a row for each person's appraisal of a study; null of any other tool. */
export function lightsOfAppraisals(
  tool: AppraisalTool,
  appraisals: readonly HeldAppraisal[],
): TrafficLightsSpec | null {
  if (tool.judges !== 'bias') return null;
  const own = appraisals.filter(({ appraisal }) => appraisal.tool === tool.tool);
  const lightOf = (judgement: string | null | undefined): Light =>
    tool.judgements.find((known) => known.judgement === judgement)?.counts ?? null;
  const isRepeated = (study: string): boolean => own.filter(({ appraisal }) => appraisal.study === study).length > 1;
  const name = (light: 'low' | 'some' | 'high'): string =>
    tool.judgements
      .filter(({ counts }) => counts === light)
      .map(({ label }) => label)
      .join(', ');
  return {
    kind: 'traffic-lights',
    domains: [...tool.domains.map(({ label }) => label), 'Over all'],
    studies: own.map(({ appraisal, appraiser, overall }) => ({
      label: isRepeated(appraisal.study) ? `${appraisal.study}, ${appraiser}` : appraisal.study,
      lights: [
        ...tool.domains.map(({ domain }) =>
          lightOf(appraisal.domains.find((judged) => judged.domain === domain)?.judgement),
        ),
        lightOf(overall),
      ],
    })),
    names: { low: name('low'), some: name('some'), high: name('high') },
  };
}
