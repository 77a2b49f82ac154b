import { expansions } from './words/abbreviations.ts';

/** Words that say nothing of what a column holds. */
const noise = new Set(
  'the of a an for in is was by your you please enter select format optional mandatory field column col data and or with dd mm yyyy yy hhmm ddmmyyyy yyyymmdd gmt bst utc local uk pls if any their they what which when did do this that value text'.split(
    ' ',
  ),
);

/** `IncidentURN`, `incident_urn` and `Incident  URN (dd/mm/yyyy)` → incident, urn. */
function rawWords(header: string): string[] {
  return header
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/#/g, ' number ')
    .replace(/£/g, ' gbp ')
    .replace(/\bwhole[- ]time equivalent\b/gi, 'wte')
    .replace(/\bfull[- ]time equivalent\b/gi, 'fte')
    .replace(/\be-?mail\b/gi, 'email')
    .replace(/\bcall[- _]?sign/gi, 'callsign')
    .replace(/\bde-?brief/gi, 'debrief')
    .replace(/\bon[- ]?going\b/gi, 'ongoing')
    .replace(/\b(?:en|on)[- _]?route\b/gi, 'enroute')
    .replace(/\bo\/t\b/gi, 'overtime')
    .replace(/\br\/d\b/gi, 'rest day')
    .replace(/\b([A-Z])\.(?=[A-Z]\b)/g, '$1')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/['’]/g, '')
    .replace(/([A-Za-z]{3,})(\d)/g, '$1 $2')
    .replace(/(\d)([A-Za-z]{2,})/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** What a header says, word by word: abbreviations written out, noise left out, each word once. */
export function headerTokens(header: string): string[] {
  const tokens = rawWords(header).flatMap((word) =>
    (Object.hasOwn(expansions, word) ? (expansions[word] ?? word) : word).split(' '),
  );
  const telling = tokens.filter((token) => !noise.has(token));
  return [...new Set(telling.length === 0 ? tokens : telling)];
}

/** Words that many columns share, and that weigh little alone. */
const light = new Set(
  'date time number reference code id type day name description flag local full main current status'.split(' '),
);

function weightOf(token: string, context: ReadonlySet<string>): number {
  if (context.has(token)) return 0.2;
  return light.has(token) ? 0.4 : 1;
}

/**
 * How well a header says a phrase, 0 to 1: every word of the phrase counts, words beyond it take a little away.
 *
 * @param context words that say what the whole table is about, and so nothing of a column
 */
export function phraseScore(
  header: readonly string[],
  phrase: readonly string[],
  context: ReadonlySet<string>,
): number {
  let met = 0;
  let asked = 0;
  for (const token of phrase) {
    const weight = Math.max(weightOf(token, context), phrase.length === 1 ? 0.4 : 0);
    asked += weight;
    if (header.includes(token)) met += weight;
  }
  if (met === 0) return 0;
  const said = header.reduce((sum, token) => sum + (phrase.includes(token) ? 0 : weightOf(token, context)), 0);
  const recall = met / asked;
  return recall ** 3 * (0.4 + (0.6 * met) / (met + said));
}
