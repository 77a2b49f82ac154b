/** Words that are written with a capital and are no name. */
const noNames = new Set(
  'Assistant Chief Constable Deputy Superintendent Inspector Sergeant Occupational Health Police Federation Peer Support Shift Early Warning Trauma Tracker Response North South East West Human Resources Unison Superintendents Association College Policing Mental Force Control Room Employee Assistance Programme Head'.split(
    ' ',
  ),
);

const looks: readonly (readonly [RegExp, string])[] = [
  [/\b(?:PC|DC|PS|DS|DI|PCSO|Sgt|Insp|Mr|Mrs|Ms|Miss|Dr|Constable|Sergeant|Inspector)\.?\s+[A-Z][a-z'’-]+/gu, 'a name'],
  [/\b(?:PC|DC|PS|DS|DI|PCSO)\s?\d{2,6}\b/gu, 'a collar number'],
  [/\b[A-Z]{1,3}\d{3,6}\b/gu, 'a collar number'],
  [/\b[\w.+-]+@[\w-]+\.[\w.]+/gu, 'an address'],
];
const pair = /\b[A-Z][a-z'’-]+ [A-Z][a-z'’-]+\b/gu;

/**
 * What in free words looks like a name, a collar number or an address of somebody, for a person to look at: it finds too much and
 * misses what is written in small letters, so that it warns and never decides.
 */
export function nameLike(texts: readonly string[]): string[] {
  const found = texts.flatMap((text) => [
    ...looks.flatMap(([look, what]) =>
      [...text.matchAll(look)]
        .filter(
          ([match]) =>
            !match
              .split(/\s+/)
              .slice(1)
              .every((word) => noNames.has(word)) || /\d|@/.test(match),
        )
        .map(([match]) => warning(match, what)),
    ),
    ...[...text.matchAll(pair)]
      .filter(([match]) => !match.split(' ').some((word) => noNames.has(word)))
      .map(([match]) => warning(match, 'a name')),
  ]);
  return [...new Set(found)];
}

function warning(match: string, what: string): string {
  return `“${match}” looks like ${what}. Take it out if it is somebody’s.`;
}
