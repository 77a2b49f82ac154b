import { allInstruments } from '#main/analysis/instruments/registry.ts';
import type { InstrumentDefinition } from '#shared/domain/instrument.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Evidence } from './draft.ts';

/** Columns of one instrument in a table: its items by number, or a total, for one scale or the main one. */
export type InstrumentColumns = {
  readonly definition: InstrumentDefinition;
  /** What stands before the instrument's name, such as a wave; '' for nothing. */
  readonly prefix: string;
  readonly items: ReadonlyMap<number, ColumnProfile>;
  readonly total: ColumnProfile | null;
  readonly scale: string | null;
};

type Found = {
  readonly definition: InstrumentDefinition;
  readonly prefix: string;
  readonly item: number | null;
  readonly scale: string | null;
  readonly profile: ColumnProfile;
};

const compact = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Names by which the columns of an instrument begin, longest first. */
const stems: readonly (readonly [string, InstrumentDefinition])[] = allInstruments()
  .flatMap((definition) => {
    const code = compact(definition.code);
    const bare = code.replace(/\d+$/, '');
    const others: Readonly<Record<string, readonly string[]>> = {
      phq9: ['depression', 'phq'],
      gad7: ['gad'],
      pcl5: ['pcl', 'pcldsm5'],
      iesr: ['ies'],
      auditc: ['audit'],
      proqol5: ['proqolv'],
      ons4: ['ons', 'pwb'],
      psqop: ['opstress'],
      psqorg: ['orgstress'],
    };
    return [code, bare, ...(others[code] ?? [])].map((stem) => [stem, definition] as const);
  })
  .filter(([stem]) => stem.length >= 3)
  .sort((a, b) => b[0].length - a[0].length || b[1].items.length - a[1].items.length);

const totalWords =
  /^(?:total|totalscore|score|sum|tot|ttl|raw|rawscore|overall|scoretotal|sumscore|mean|meanscore|result|pts|points|metric)?$/;

function itemNumber(rest: string, definition: InstrumentDefinition): number | null {
  const match =
    /^(?:q|qu|question|item|i|itm|no|number|a|ans|answer|qno)?0*(\d{1,2})(?:score|answer|response|value)?$/.exec(rest);
  if (match) {
    const number = Number(match[1]);
    return number >= 1 && number <= definition.items.length ? number : null;
  }
  const labelled = definition.items.find((item) => /[a-z]/i.test(item.label) && compact(item.label) === rest);
  return labelled?.item ?? null;
}

/** Short names of scales. */
const scaleShorts: Readonly<Record<string, string>> = {
  cs: 'compassion satisfaction',
  bo: 'burnout',
  sts: 'secondary traumatic stress',
  exh: 'exhaustion',
  dis: 'disengagement',
  raw: 'raw',
  metric: 'metric',
  pb: 'personal',
  wb: 'work',
  cb: 'client',
  cluster: 'B',
};

function scaleOf(rest: string, definition: InstrumentDefinition): string | null {
  const bare = rest.replace(/^(?:total|score)|(?:total|score|sum|scale|subscale|mean)+$/g, '');
  if (bare === '') return null;
  const short = scaleShorts[bare];
  if (short !== undefined && definition.scales.some((scale) => scale.scale === short)) return short;
  const found = definition.scales.find(
    (scale) =>
      compact(scale.scale) === bare ||
      compact(scale.title) === bare ||
      (bare.length >= 4 && compact(scale.title).includes(bare)),
  );
  return found?.scale ?? null;
}

/** For each letter and digit of a name, whether a word begins with it; `score` holds no CORE. */
function wordStarts(name: string): boolean[] {
  const starts: boolean[] = [];
  let before = '';
  for (const sign of name) {
    if (/[A-Za-z0-9]/.test(sign)) {
      const turns = /\d/.test(before) !== /\d/.test(sign) || (/[a-z]/.test(before) && /[A-Z]/.test(sign));
      starts.push(!/[A-Za-z0-9]/.test(before) || turns);
    }
    before = sign;
  }
  return starts;
}

/** What a header says of an instrument: which, and which item or scale of it. */
function read(profile: ColumnProfile): Found[] {
  const written = profile.name.replace(/\(.*?\)/g, ' ');
  const name = compact(written);
  const begins = wordStarts(written);
  const found: Found[] = [];
  for (const [stem, definition] of stems) {
    const at = name.indexOf(stem);
    if (at < 0 || !begins[at]) continue;
    const before = name.slice(0, at);
    // The “core” in “score” is no instrument.
    if (stem.startsWith('core') && before.endsWith('s')) continue;
    const rest = name.slice(at + stem.length);
    const prefix = before.replace(/^(?:total|score|sum|q|item)$/, '');
    const item = itemNumber(rest, definition);
    if (item !== null) found.push({ definition, prefix, item, scale: null, profile });
    else if (totalWords.test(rest) && (rest !== '' || stem === compact(definition.code) || profile.number > 0.9)) {
      found.push({ definition, prefix, item: null, scale: null, profile });
    } else {
      const scale = scaleOf(rest, definition);
      if (scale !== null) found.push({ definition, prefix, item: null, scale, profile });
    }
  }
  return found;
}

function sayable(profile: ColumnProfile): boolean {
  return (profile.date?.share ?? 0) < 0.5 || profile.number > 0.5;
}

/** Whether the values could be the instrument's: answers within its range, or words for them. */
function answersFit(profile: ColumnProfile, definition: InstrumentDefinition): boolean {
  if (profile.filled === 0) return true;
  const { min, max } = definition.itemRange;
  if (profile.number > 0.7) return profile.least >= min && profile.most <= max;
  const meanings = answerMeanings([profile], definition);
  return meanings !== null && Object.keys(meanings).length > 0;
}

/** Texts of answers → their numbers, by the responses of the instrument; null where some text is none of them. */
export function answerMeanings(
  profiles: readonly ColumnProfile[],
  definition: InstrumentDefinition,
): Record<string, string> | null {
  const meanings: Record<string, string> = {};
  const labels = new Map(definition.responses.map(({ value, label }) => [compact(label), value]));
  for (const profile of profiles) {
    for (const nothing of profile.nullWords) meanings[nothing] = '';
    for (const [text] of profile.values) {
      if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) continue;
      const led = /^(\d{1,2})\s*(?:[-–—=:.)]|\s)\s*\D/.exec(text);
      const bare = compact(text.replace(/^\d{1,2}\s*[-–—=:.)]\s*/, '').replace(/\s*[([]\d{1,2}[)\]]$/, ''));
      const value = labels.get(bare) ?? (led ? Number(led[1]) : undefined);
      if (
        value === undefined &&
        /^(?:prefernottosay|notanswered|skipped|missing|unanswered|noanswer|noresponse)$/.test(bare)
      ) {
        meanings[text] = '';
        continue;
      }
      if (value === undefined) return null;
      meanings[text] = String(value);
    }
  }
  return meanings;
}

/** Columns named by the wording of an item, where the licence lets it be known. */
function byWording(profile: ColumnProfile): Found[] {
  if (profile.name.length < 15) return [];
  const words = new Set(compactWords(profile.name));
  const found: Found[] = [];
  for (const definition of allInstruments()) {
    for (const item of definition.items) {
      if (item.text === null) continue;
      const asked = compactWords(item.text);
      const met = asked.filter((word) => words.has(word)).length;
      if (asked.length >= 3 && met >= asked.length * 0.75)
        found.push({ definition, prefix: '', item: item.item, scale: null, profile });
    }
  }
  return found;
}

const compactWords = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/[^a-z ]/g, ' ')
    .split(/\s+/)
    .filter((word) => word.length > 2);

function grouped(found: readonly Found[]): InstrumentColumns[] {
  const groups = new Map<string, Found[]>();
  for (const entry of found) {
    const key = `${entry.definition.code}|${entry.prefix}|${entry.item === null ? (entry.scale ?? '') : ''}|${entry.item === null}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].map((entries) => {
    const [first] = entries as [Found, ...Found[]];
    const items = new Map<number, ColumnProfile>();
    for (const { item, profile } of entries) if (item !== null && !items.has(item)) items.set(item, profile);
    return {
      definition: first.definition,
      prefix: first.prefix,
      items,
      total: first.item === null ? first.profile : null,
      scale: first.scale,
    };
  });
}

/** Columns of `q1` … `qN` that name no instrument, where something else does. */
function unnamedItems(evidence: Evidence): ReadonlyMap<number, ColumnProfile> {
  const items = new Map<number, ColumnProfile>();
  for (const profile of evidence.profiles) {
    const match = /^(?:q|qu|question|item|itemno|response|answer|ans|r|i)?0*(\d{1,2})$/.exec(
      compact(profile.name.replace(/^column_/, '')),
    );
    if (!match || profile.name.startsWith('column_')) continue;
    const number = Number(match[1]);
    if (profile.number < 0.7 && profile.filled > 0 && profile.averageLength > 40) continue;
    if (number >= 1 && !items.has(number)) items.set(number, profile);
  }
  const run = new Map<number, ColumnProfile>();
  for (let number = 1; items.has(number); number += 1) run.set(number, items.get(number) as ColumnProfile);
  return run.size >= 3 ? run : new Map();
}

/** The instrument that the titles or the file's name speak of, which has that many items. */
export function instrumentOfTexts(texts: readonly string[], items: number): InstrumentDefinition | null {
  const all = texts.map(compact).join(' ');
  const named = stems.filter(
    ([stem, definition]) => all.includes(stem) && (items === 0 || definition.items.length === items),
  );
  return named[0]?.[1] ?? null;
}

export type InstrumentsFound = {
  readonly groups: readonly InstrumentColumns[];
  /** `q1` … whose instrument stands in a column or in the titles. */
  readonly unnamed: ReadonlyMap<number, ColumnProfile>;
};

/** Finds the columns of instruments: items before totals of the same, and of several readings of a name the one that runs on. */
export function findInstruments(evidence: Evidence): InstrumentsFound {
  const found = evidence.profiles.filter(sayable).flatMap((profile) => [...read(profile), ...byWording(profile)]);
  const groups = grouped(found).filter((group) => group.items.size !== 0 || group.total !== null);
  // An item read alone is no run of items: `PHQ9` is the total where `PHQ1` to `PHQ8` are not there.
  const runs = groups
    .filter(
      (group) =>
        group.items.size >= Math.min(3, group.definition.items.length) &&
        group.items.size >= group.definition.items.length * 0.5,
    )
    .filter((group) => [...group.items.values()].every((profile) => answersFit(profile, group.definition)))
    .sort((a, b) => closeness(b) - closeness(a));
  const taken = new Set<number>();
  const kept: InstrumentColumns[] = [];
  for (const group of runs) {
    if ([...group.items.values()].some((profile) => taken.has(profile.index))) continue;
    for (const profile of group.items.values()) taken.add(profile.index);
    kept.push(group);
  }
  for (const group of groups) {
    const { total } = group;
    if (total === null || taken.has(total.index) || (total.filled > 0 && total.number < 0.7)) continue;
    if (!totalFits(group)) continue;
    const hasItems = kept.some(
      (other) => other.definition === group.definition && other.items.size > 0 && other.prefix === group.prefix,
    );
    taken.add(total.index);
    if (!hasItems) kept.push(group);
  }
  const unnamed = kept.some((group) => group.items.size > 0)
    ? new Map<number, ColumnProfile>()
    : unnamedItems(evidence);
  return { groups: kept, unnamed };
}

/** Share of the instrument's items that are there; all of them and no more is the likeliest reading of a name. */
function closeness(group: InstrumentColumns): number {
  return group.items.size / group.definition.items.length + group.items.size / 1_000;
}

/** Scale that a total is surely of where its instrument has several and the name says none. */
export function scaleByRange({ definition, scale, total }: InstrumentColumns): string | null {
  if (scale !== null || definition.mainScale !== null || !total) return scale;
  const fitting = definition.scales.filter(
    (candidate) => total.filled === 0 || (total.least >= candidate.min && total.most <= candidate.max),
  );
  return (fitting.length === definition.scales.length ? fitting.at(-1) : fitting[0])?.scale ?? null;
}

function totalFits({ definition, scale, total }: InstrumentColumns): boolean {
  if (scale === null && definition.mainScale === null) return definition.code === 'GHQ-12';
  const main = definition.scales.find((candidate) => candidate.scale === (scale ?? definition.mainScale));
  if (!total || total.filled === 0) return main !== undefined;
  return main !== undefined && total.least >= main.min && total.most <= main.max;
}
