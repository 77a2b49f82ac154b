import type { ReportDocument } from '#shared/report/document.ts';
import { sampleDocument } from '../unit/report/sample-document.ts';

/** The sample with its sections again and again, each under a name and id of its own. */
export function longDocument(repeats: number): ReportDocument {
  const parts = Array.from({ length: repeats }, (_, part) =>
    sampleDocument.sections.map((section) => ({
      ...section,
      id: `${section.id}-${part + 1}`,
      heading: `${section.heading}, part ${part + 1}`,
    })),
  );
  return { ...sampleDocument, version: '1.0', sections: parts.flat() };
}
