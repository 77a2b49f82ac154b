import type { ReportDocument } from './document.ts';
import { formatDate } from './format.ts';

/** Which report this is, on its first page and at the foot of every one: `Version 1.0, data to 31 Mar 2026`. */
export function editionOf({ version, dataTo }: Pick<ReportDocument, 'version' | 'dataTo'>): string {
  const until = formatDate(dataTo);
  return version === undefined ? `Data to ${until}` : `Version ${version}, data to ${until}`;
}
