/** Patterns of file names: `*` is any text, `?` one character, and case does not count. */

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const monthName = new RegExp(`(?<![a-z])(?:${months})(?![a-z])`, 'gi');
/** Wildcards with nothing between them but what separates the parts of a date. */
const wildcardRun = /\*(?:[\s_.,()-]*\*)*\)?/g;

/**
 * The pattern of a file's name and of its successors': numbers, dates and names of months are left open.
 * `absence_2026-03.csv` gives `absence_*.csv`.
 */
export function patternOfFileName(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  const stem = dot > 0 ? fileName.slice(0, dot) : fileName;
  const ending = dot > 0 ? fileName.slice(dot) : '';
  const open = stem.replace(monthName, '*').replace(/\d+/g, '*').replace(wildcardRun, '*');
  return `${open === '' ? '*' : open}${ending}`;
}

function comparable(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Whether a name is of a pattern; takes time in proportion to their lengths, whatever the pattern. */
export function matchesPattern(fileName: string, filePattern: string): boolean {
  const name = comparable(fileName);
  const pattern = comparable(filePattern);
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (at < name.length) {
    const wanted = pattern[place];
    if (wanted === '*') {
      star = place;
      resume = at;
      place += 1;
    } else if (wanted === '?' || wanted === name[at]) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      // The last wildcard takes one character more.
      resume += 1;
      at = resume;
      place = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[place] === '*') place += 1;
  return place === pattern.length;
}
