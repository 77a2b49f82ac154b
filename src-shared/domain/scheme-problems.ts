import { dayOfIso } from './dates.ts';
import { attributions, exposureCategories, proximities } from './exposure-categories.ts';
import { type Scheme, schemeSchema } from './scheme.ts';
import { parseTriggerRule, reservedTierNames } from './trigger-rules.ts';

/** What keeps a scheme from being used, in plain words, and the part of the document that it is about. */
export type SchemeProblem = {
  readonly part: 'document' | 'name' | 'basis' | 'tiers' | 'modifiers' | 'recency' | 'cap' | 'windows' | 'triggers';
  readonly words: string;
};

const tierName = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/;
const mostTiers = 26;
const mostTriggers = 50;
const mostTextLength = 300;
const longestHalfLifeDays = 36_600;
const longestCooldownDays = 366;

/**
 * Everything that is wrong with a scheme document, in the order in which it is read. Empty when it can be used: then
 * `compileScheme` takes it too.
 */
export function schemeProblems(document: unknown): readonly SchemeProblem[] {
  const parsed = schemeSchema.safeParse(document);
  if (!parsed.success) {
    return parsed.error.issues.slice(0, 20).map(({ path, message }) => {
      const place = path.length === 0 ? 'the document' : `“${path.join('.')}”`;
      return { part: 'document', words: `${place} does not fit: ${message}` };
    });
  }
  const scheme = parsed.data;
  return [
    ...basisProblems(scheme),
    ...tierProblems(scheme),
    ...weightOrderProblems(scheme),
    ...modifierProblems(scheme),
    ...recencyProblems(scheme),
    ...triggerProblems(scheme),
  ];
}

function basisProblems({ basis, effective_from: from }: Scheme): SchemeProblem[] {
  const problems: SchemeProblem[] = [];
  if (from !== null && dayOfIso(from) === null) {
    problems.push({ part: 'name', words: 'the day from which it is in force is no date such as 2026-03-31' });
  }
  if (basis.every((text) => text.trim() === '')) {
    problems.push({ part: 'basis', words: 'it names no evidence that it rests on' });
  }
  if (basis.length > 50 || basis.some((text) => text.length > mostTextLength)) {
    problems.push({ part: 'basis', words: `the evidence is at most 50 entries of ${mostTextLength} characters` });
  }
  return problems;
}

function tierProblems({ tiers }: Scheme): SchemeProblem[] {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  const entries = Object.entries(tiers);
  if (entries.length > mostTiers) problems.push(`there are more than ${mostTiers} tiers`);
  for (const [name, { categories }] of entries) {
    if (reservedTierNames.includes(name)) problems.push(`a tier may not be called “${name}”`);
    else if (!tierName.test(name)) {
      problems.push(`“${name}” is no name for a tier: a letter, and then letters, digits, - or _`);
    }
    if (categories.length === 0) problems.push(`tier “${name}” holds no category`);
    for (const code of categories) {
      if (!exposureCategories.some((category) => category.code === code)) {
        problems.push(`tier “${name}” lists “${code}”, which is no category`);
      }
      const other = seen.get(code);
      if (other === name) problems.push(`“${code}” is listed twice in tier “${name}”`);
      else if (other !== undefined) problems.push(`“${code}” is listed in tier “${other}” and again in tier “${name}”`);
      seen.set(code, name);
    }
  }
  return problems.map((words) => ({ part: 'tiers', words }));
}

/** Tiers are read in the order of their names: A is the heaviest. */
export function tiersInOrder({ tiers }: Scheme): (readonly [string, Scheme['tiers'][string]])[] {
  return Object.entries(tiers).sort(([a], [b]) => (a < b ? -1 : 1));
}

function weightOrderProblems(scheme: Scheme): SchemeProblem[] {
  const tiers = tiersInOrder(scheme);
  return tiers.flatMap(([name, { weight }], at): SchemeProblem[] => {
    const heavier = tiers[at - 1];
    if (!heavier || heavier[1].weight >= weight) return [];
    return [
      {
        part: 'tiers',
        words: `tier “${name}” weighs ${weight}, more than tier “${heavier[0]}” before it (${heavier[1].weight}): weights do not rise from one tier to the next`,
      },
    ];
  });
}

function modifierProblems(scheme: Scheme): SchemeProblem[] {
  const problems: SchemeProblem[] = [];
  const lists = [
    { what: 'proximity', given: scheme.proximity, known: proximities as readonly string[] },
    { what: 'attribution', given: scheme.attribution, known: attributions as readonly string[] },
  ];
  for (const { what, given, known } of lists) {
    for (const word of Object.keys(given)) {
      if (!known.includes(word)) {
        problems.push({ part: 'modifiers', words: `“${word}” is no ${what} (${known.join(', ')})` });
      }
    }
  }
  const minutes = scheme.modifiers.minutes_on_scene;
  if (minutes && (minutes.cap > 10_080 || minutes.per_hour > 10)) {
    problems.push({
      part: 'modifiers',
      words: 'minutes on scene are capped at a week (10080), and an hour adds at most 10',
    });
  }
  return problems;
}

function recencyProblems({ recency, cap_per_day: cap, windows_days: windows, tiers }: Scheme): SchemeProblem[] {
  const problems: SchemeProblem[] = [];
  if (recency.value < 1 || recency.value > longestHalfLifeDays) {
    problems.push({ part: 'recency', words: `the half-life is 1 to ${longestHalfLifeDays} days` });
  }
  const heaviest = Math.max(1, ...Object.values(tiers).map(({ weight }) => weight));
  if (cap !== null && cap < heaviest) {
    problems.push({
      part: 'cap',
      words: `the cap of a day (${cap}) is below the weight of a single event (${heaviest}): that event could never count in full`,
    });
  }
  const days = [...windows, ...recency.also_report];
  if (windows.length > 12 || recency.also_report.length > 12 || days.some((value) => value > 36_600)) {
    problems.push({ part: 'windows', words: 'there are at most 12 windows, of 1 to 36600 days' });
  }
  if (new Set(windows).size < windows.length) problems.push({ part: 'windows', words: 'a window is named twice' });
  return problems;
}

function triggerProblems({ review_triggers: triggers, tiers, cooldown_days: cooldownDays }: Scheme): SchemeProblem[] {
  const problems: string[] = [];
  const rules = triggers.map(({ rule }) => rule);
  if (rules.length > mostTriggers) problems.push(`there are more than ${mostTriggers} rules`);
  rules.forEach((rule, at) => {
    const parsed = parseTriggerRule(rule, Object.keys(tiers), cooldownDays);
    if (!parsed.ok) problems.push(parsed.error.message.replace(/^The/, 'the').replace(/\.$/, ''));
    if (rules.indexOf(rule) < at) problems.push(`the rule “${rule}” is there twice`);
  });
  if (cooldownDays > longestCooldownDays) problems.push(`the cool-down is at most ${longestCooldownDays} days`);
  return problems.map((words) => ({ part: 'triggers', words }));
}
