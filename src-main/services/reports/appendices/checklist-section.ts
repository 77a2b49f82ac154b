import strobe from '#resources/reporting-guidelines/strobe.json' with { type: 'json' };
import type { ChecklistAnswer } from '#shared/report/appendix-blocks.ts';
import type { ReportSection } from '#shared/report/document.ts';
import { guidelineSection } from './guideline-section.ts';

/** How an item of the guideline is answered by the report of a period, by its number. */
function answers(added: readonly string[]): Readonly<Record<string, ChecklistAnswer>> {
  return {
    1: { answered: ['summary'], note: 'front page' },
    2: { answered: [], note: 'front page: offers of support need to know where exposure falls' },
    3: { answered: [], note: 'front page' },
    4: { answered: ['method'], note: 'a description of routine records of one period' },
    5: { answered: ['summary', 'provenance'] },
    6: { answered: ['method'] },
    7: { answered: ['method', 'terms'] },
    8: { answered: ['provenance'] },
    9: { answered: ['method'], note: 'what this cannot show' },
    10: { answered: ['where'], note: 'everybody in post is in it; no sample was drawn' },
    11: { answered: ['spread', 'method'] },
    12: { answered: ['analyses', 'method'] },
    13: { answered: ['wellbeing', 'analyses'] },
    14: { answered: ['where', 'wellbeing', 'analyses'] },
    15: { answered: ['over-time', 'what', 'where'] },
    16: { answered: ['where', 'wellbeing'], note: 'plain counts and rates, adjusted for nothing' },
    17: added.length === 0 ? { not: 'no other analyses were asked for.' } : { answered: added },
    18: { answered: ['summary'] },
    19: { answered: ['method'], note: 'what this cannot show' },
    20: { answered: ['over-time', 'where', 'wellbeing'], note: 'what stands under the charts' },
    21: { not: 'the report is of one force, and claims nothing of others.' },
    22: { not: 'the records do not say. Add it where the report is published.' },
  };
}

/** @param added ids of the sections of other places in the report */
export function checklistSection(added: readonly string[]): ReportSection {
  return guidelineSection(strobe, answers(added));
}
