const clock =
  /^(?:\d{4}-\d{2}-\d{2}[T ]|\d{1,2}\/\d{1,2}\/\d{4} )?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)? ?(am|pm)?(?: ?hrs?)?$/i;
const military = /^([01]?\d|2[0-4])([0-5]\d)(?:([0-5]\d))?(?: ?hrs?)?$/i;

/**
 * Seconds since midnight of a time of day as people and programs write it: `14:05`, `14:05:30`, `2:05 PM`, `14.05`, `1405`,
 * `1405 hrs`, a fraction of a day as spreadsheets hold it, or a time behind a day that stands for none (`1899-12-30 14:05`).
 * 24:00 is the end of the day. Null for anything else.
 */
export function secondsOfDay(text: string): number | null {
  const cell = text.trim();
  const fraction = /^(?:0?\.\d+|0|1\.0+)$/.test(cell) && cell.includes('.') ? Number(cell) : null;
  if (fraction !== null) return fraction < 1 ? Math.round(fraction * 86_400) : null;
  const match = clock.exec(cell) ?? military.exec(cell);
  if (!match) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2]);
  const second = Number(match[3] ?? 0);
  const half = match[4]?.toLowerCase();
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'pm' ? 12 : 0);
  }
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second > 0)) return null;
  return hour * 3_600 + minute * 60 + second;
}
