const total =
  /^(?:grand |sub[- ]?|report |overall |column |page |running )*(?:totals?|sum)\b\s*(?:$|[:(=–—\d-]|for\b|of\b|number\b|rows?\b|records?\b|cost\b|spend\b|days?\b|hours?\b|fte\b|absences?\b|sickness\b|episodes?\b|incidents?\b|officers?\b|staff\b|headcount\b)/i;
const aboutExport =
  /^(?:report\b|printed\b|produced\b|generated\b|exported\b|extract(?:ed)?\b|prepared\b|created (?:by|on|at)\b|run (?:on|at|by|date)\b|end of\b|end$|\*+|={3,}|-{3,}|_{3,}|source:|note[s:]|official\b|restricted\b|not protectively\b|confidential\b|protective\b|page \d+|(?:row|record|line|result|item|entr(?:y|ie))s?(?: (?:count|returned|exported|found|in)\b| *[:=])|\(?[\d,]+ (?:row|record|line|result|item|entr(?:y|ie))s?\b|count\b|data (?:as|correct|extracted|source|from)\b|as (?:at|of)\b|filters?\b|criteria\b|parameters?\b|selection\b|user:|(?:date|time) (?:run|printed|produced|generated|extracted)\b|average\b|mean\b|©|copyright\b|this (?:report|document|data|file|extract)\b|number of (?:rows|records)\b|no\.? of (?:rows|records)\b)/i;
const numberLike = /^[£$€(+-]?\d[\d,]*(?:\.\d+)?[%)]?$/;

/**
 * Whether a row sums others up, or tells about the export instead of holding data.
 *
 * @param cells texts of the row's cells in order, trimmed, the empty ones among them
 * @param width columns of the table, where they are known
 */
export function isTotalsCells(cells: Iterable<string>, width = 0): boolean {
  const filled: string[] = [];
  let firstEmpty = false;
  let place = 0;
  for (const text of cells) {
    if (place === 0 && text === '') firstEmpty = true;
    place += 1;
    if (text === '') continue;
    filled.push(text);
    if (filled.length <= 2 && total.test(text)) return true;
    if (filled.length > 4) return false;
  }
  const [first = ''] = filled;
  if (filled.length <= 2 && aboutExport.test(first)) return true;
  // A sentence alone in a wide row, or sums under columns of numbers with nothing that they are of.
  if (filled.length === 1 && (place >= 4 || width >= 4) && first.split(/\s+/).length >= 4) return true;
  return (
    firstEmpty && filled.length > 0 && place >= 4 && filled.length <= 4 && filled.every((text) => numberLike.test(text))
  );
}
