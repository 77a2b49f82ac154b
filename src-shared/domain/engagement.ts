import { z } from 'zod';
import { planCode, planDay, planTitle, planWords } from './plan-parts.ts';

export const activityKinds = ['survey', 'focus group', 'interviews', 'meeting'] as const;
export type ActivityKind = (typeof activityKinds)[number];

export const audiences = ['officers and staff', 'managers', 'health partners', 'families'] as const;
export type Audience = (typeof audiences)[number];

/** What of people HR knows too, so that those who answered can be set beside the workforce. */
export const audienceGroupings = ['role', 'rank', 'unit', 'sex'] as const;
export type AudienceGrouping = (typeof audienceGroupings)[number];

/** Levels of an item, from strong disagreement to strong agreement. */
export const likertLevels = 5;

const number = z.number().int().min(0).max(1_000_000);
const groupName = z.string().trim().min(1).max(200);
const answers = z.array(number).length(likertLevels, `gives a number for each of the ${likertLevels} levels`);
const ofGroup = { by: z.enum(audienceGroupings), group: groupName };

const themeSchema = z.strictObject({
  theme: planCode,
  title: planTitle,
  /** People who said it. */
  people: number,
  /** In the force's own words, never a quotation; names of nobody. */
  paraphrases: z.array(z.string().trim().min(1).max(1_000)).max(50).default([]),
});

const itemSchema = z.strictObject({
  item: planCode,
  /** The statement, in the force's own words. */
  words: planTitle,
  /** How many chose each level, the lowest first. */
  answers,
  groups: z
    .array(z.strictObject({ ...ofGroup, answers }))
    .max(500)
    .default([]),
});
export type LikertItem = z.output<typeof itemSchema>;

const decisionSchema = z.strictObject({
  decision: planCode,
  /** What people said. */
  said: planWords,
  /** What was done about it; empty until it was. */
  did: planWords,
  decidedOn: planDay.nullable().default(null),
});

/** Something at which people were asked: who, what they said, and what was decided. */
export const activitySchema = z
  .strictObject({
    activity: planCode,
    title: planTitle,
    kind: z.enum(activityKinds),
    audience: z.enum(audiences),
    from: planDay,
    to: planDay,
    invited: number,
    responded: number,
    groups: z
      .array(z.strictObject({ ...ofGroup, invited: number, responded: number }))
      .max(500)
      .default([]),
    items: z.array(itemSchema).max(100).default([]),
    themes: z.array(themeSchema).max(200).default([]),
    decisions: z.array(decisionSchema).max(200).default([]),
  })
  .superRefine((activity, context) => {
    for (const { path, message } of faultsOf(activity)) context.addIssue({ code: 'custom', path: [...path], message });
  });
export type Activity = z.output<typeof activitySchema>;

type Shape = Pick<Activity, 'from' | 'to' | 'invited' | 'responded' | 'groups' | 'items' | 'themes' | 'decisions'>;
type Fault = { readonly path: readonly (string | number)[]; readonly message: string };

/** Counts that cannot be: more who answered than were asked, or groups that outgrow the whole. */
function faultsOf({ from, to, invited, responded, groups, items, themes, decisions }: Shape): Fault[] {
  const faults: Fault[] = [];
  const add = (isWrong: boolean, path: Fault['path'], message: string): void => {
    if (isWrong) faults.push({ path, message });
  };
  add(from > to, ['to'], 'must not lie before "from"');
  add(responded > invited, ['responded'], 'more answered than were invited');
  add(hasTwice(groups.map(nameOfGroup)), ['groups'], 'names a group twice');
  add(hasTwice(items.map(({ item }) => item)), ['items'], 'names an item twice');
  add(hasTwice(themes.map(({ theme }) => theme)), ['themes'], 'names a theme twice');
  add(hasTwice(decisions.map(({ decision }) => decision)), ['decisions'], 'names a decision twice');
  for (const [at, group] of groups.entries()) {
    add(group.responded > group.invited, ['groups', at], 'more answered than were invited');
  }
  for (const by of audienceGroupings) {
    const own = groups.filter((group) => group.by === by);
    add(
      total(own.map((group) => group.invited)) > invited,
      ['groups'],
      `the groups by ${by} are more than were invited`,
    );
    add(
      total(own.map((group) => group.responded)) > responded,
      ['groups'],
      `the groups by ${by} are more than answered`,
    );
  }
  for (const [at, theme] of themes.entries()) {
    add(theme.people > responded, ['themes', at], 'more said it than answered');
  }
  for (const [at, item] of items.entries())
    for (const fault of itemFaults(item, groups, responded)) {
      faults.push({ path: ['items', at], message: fault });
    }
  return faults;
}

function itemFaults(item: LikertItem, groups: Shape['groups'], responded: number): string[] {
  const responders = new Map(groups.map((group) => [nameOfGroup(group), group.responded]));
  const stranger = item.groups.find((group) => !responders.has(nameOfGroup(group)));
  const outgrown = item.groups.some(
    (group) => total(group.answers) > (responders.get(nameOfGroup(group)) ?? Number.POSITIVE_INFINITY),
  );
  const isOverLevels = audienceGroupings.some((by) =>
    item.answers.some(
      (answered, level) =>
        total(item.groups.filter((group) => group.by === by).map((group) => group.answers[level] ?? 0)) > answered,
    ),
  );
  return [
    ...(total(item.answers) > responded ? ['more answers than people who answered'] : []),
    ...(stranger ? [`there is no group “${stranger.group}” by ${stranger.by}`] : []),
    ...(outgrown ? ['a group has more answers than people who answered'] : []),
    ...(isOverLevels ? ['the groups have more answers at a level than the whole'] : []),
    ...(hasTwice(item.groups.map(nameOfGroup)) ? ['names a group twice'] : []),
  ];
}

export function nameOfGroup({ by, group }: { readonly by: string; readonly group: string }): string {
  return `${by}: ${group}`;
}

function hasTwice(names: readonly string[]): boolean {
  return new Set(names).size !== names.length;
}

export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0);
}
