import type { ReportSection } from '#shared/report/document.ts';
import { methodSection } from '../frame-sections.ts';
import { scheme } from './quarterly-counts.ts';
import type { QuarterlyFacts } from './quarterly-facts.ts';

/** How the report counts, what it is compared with, and what that cannot show. */
export function quarterlyMethod({ spec, quarters }: QuarterlyFacts): ReportSection {
  const { id, heading, blocks } = methodSection({ spec: { ...spec, scheme } });
  const { now, before, yearBefore } = quarters;
  return {
    id,
    heading,
    blocks: [
      {
        kind: 'definitions',
        items: [
          {
            term: 'Compared with',
            meaning: `${now.name} is set beside ${before.name}, the quarter before, and ${yearBefore.name}, the same quarter of the year before: what comes back every year is then the same in both.`,
          },
          {
            term: 'Run chart',
            meaning:
              'Months in their order with their mean and limits. A month outside the limits, seven on one side of the mean, seven that rise or fall in a row, or two of three near a limit is a signal (NHS England, Making Data Count); one high month alone is not.',
          },
        ],
      },
      ...blocks,
    ],
  };
}
