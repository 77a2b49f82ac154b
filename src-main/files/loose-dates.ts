const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+/i;
const timeFirst = /^(\d{1,2}:\d{2}(?::\d{2})?)(?:\s*hrs?)?[\s,]+(?:on\s+)?(\d.*)$/i;
const dayWord = String.raw`(?:\d{1,2}([/. -])(?:\d{1,2}|[a-z]{3,9})\2\d{2,4}|\d{4}([/-])\d{1,2}\3\d{1,2})`;
const behindDay = new RegExp(String.raw`^(${dayWord})[\sT]+(\d{1,2})[.h]?(\d{2})(?:\.(\d{2}))?$`, 'i');
const runTogether = /^(\d{1,2})([a-z]{3,9})(\d{4}|\d{2})(?:[:\s]+(\d.*))?$/i;
const basic = /^(\d{8})\s*T?\s*(\d{2}):?(\d{2})(?::?(\d{2}))?(Z?)$/i;

/**
 * A date or time as people write it, in the way that the reader of dates takes: without weekday, ordinals, “at” and “hrs”;
 * the time behind the day; GMT and BST as offsets; `1405` and `14.05` as 14:05; `31MAR2026` with hyphens. What is none of
 * these stays as it was.
 */
export function tidyDate(text: string): string {
  let tidy = text
    .replace(/^['"\s]+|['"\s]+$/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(weekday, '')
    .replace(/\b(\d{1,2})(?:st|nd|rd|th)\b/gi, '$1')
    .replace(/\bof\b/gi, ' ')
    .replace(/(\d),? (?:at|@|-|–) (?=\d)/gi, '$1 ')
    .replace(/(\d)\s*,\s*(?=\d)/g, '$1 ')
    .replace(/(\d) ?(?:hrs?|hours|h)\.?$/i, '$1')
    .replace(/(\d) ?(?:GMT|UTC)$/i, '$1Z')
    .replace(/(\d) ?BST$/i, '$1+01:00')
    .replace(/(:\d{2}(?:\.\d+)?) ([+-]\d{2}:?\d{2})$/, '$1$2')
    .replace(/ +/g, ' ');
  const first = timeFirst.exec(tidy);
  if (first) tidy = `${first[2]} ${first[1]}`;
  const together = runTogether.exec(tidy);
  if (together) {
    tidy = `${together[1]}-${together[2]}-${together[3]}${together[4] === undefined ? '' : ` ${together[4]}`}`;
  }
  const compact = basic.exec(tidy);
  if (compact) return `${compact[1]}${compact[2]}${compact[3]}${compact[4] ?? '00'}${compact[5]}`;
  const clock = behindDay.exec(tidy);
  if (!clock) return tidy;
  const [, day, , , hour = '', minute = '', second] = clock;
  return `${day} ${hour.padStart(2, '0')}:${minute}${second === undefined ? '' : `:${second}`}`;
}
