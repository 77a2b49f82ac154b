import { dayOfIso } from '#shared/domain/dates.ts';
import { compareCodePoints } from '../exposure/person-frame.ts';
import type { HeldSpan } from '../indicators/measure-data.ts';
import { type AbsenceMonths, absenceMonths } from './absence-months.ts';
import { type BradfordContext, bradfordContext, bradfordFactor } from './bradford.ts';
import { type AbsenceFigures, type AbsenceSums, figuresOf, type PartCount, partCounts } from './figures.ts';
import { groupReader } from './groups.ts';
import { reasonDocument, reasonReader } from './reasons.ts';
import { type ReturnToWork, returnToWork } from './return-to-work.ts';
import type { AbsenceSpec } from './spec.ts';
import { type SpellRates, spellRates } from './spell-rates.ts';
import type { AbsenceRow } from './spells.ts';
import type { StaffMember } from './staff-timeline.ts';
import { type MemberSums, type Tally, type TallyInput, tallyAbsence } from './tally.ts';

export type AbsenceInput = {
  /** Ascending by pseudonym. */
  readonly members: readonly StaffMember[];
  readonly absences: readonly (readonly AbsenceRow[])[];
  /** Absences of people whom the people extract does not hold. */
  readonly strangers: { readonly people: number; readonly rows: number };
  readonly spec: AbsenceSpec;
  /** Days on which the first and the last absence that is held began; null where none is. */
  readonly span: HeldSpan | null;
  /** Which of some counts may be shown beside their total, so that no small one can be worked out. */
  readonly mayShow: (groups: readonly string[], counts: readonly number[]) => readonly boolean[];
};

export type AbsenceResult = {
  readonly people: number;
  readonly days: 'calendar' | 'working';
  /** Null where too few people, or too few of them absent, stand behind it. */
  readonly all: AbsenceFigures | null;
  readonly groups: readonly { readonly group: string; readonly figures: AbsenceFigures | null }[];
  readonly withheldGroups: number;
  /** The force month by month. */
  readonly months: AbsenceMonths;
  readonly returnToWork: ReturnToWork;
  readonly rates: SpellRates | null;
  /** Why there are no rates; null where there are. */
  readonly ratesOmitted: string | null;
  readonly reasons: readonly ReasonLine[];
  readonly reasonDocument: string;
  readonly bradford: BradfordContext;
  readonly notes: Tally['notes'] & { readonly strangers: AbsenceInput['strangers'] };
  readonly definitions: Readonly<Record<string, string>>;
  readonly rows?: readonly AbsencePerson[];
};

export type ReasonLine = {
  readonly reason: string | null;
  readonly group: string;
  readonly by: string;
  /** Null where fewer than the minimum. */
  readonly spells: number | null;
  readonly fteDays: number | null;
};

export type AbsencePerson = {
  readonly person: string;
  readonly unit: string;
  readonly role: string;
  readonly spells: number;
  readonly calendarDays: number;
  readonly fteDays: number;
  readonly psychologicalFteDays: number;
  readonly longSpells: number;
  readonly open: boolean;
  readonly bradford: number;
};

const definitions = {
  spell:
    'Consecutive days absent; absences that overlap or leave no day between are one spell. Days between bridged absences are not lost.',
  days: 'Days of the period absent while in post; each day once. A one-day absence with fewer FTE days than the post has is part of a day.',
  fteDays: 'Days lost, each by the FTE held on it (posting, else people extract, else 1).',
  ratePercent: 'FTE days lost per 100 FTE days in post.',
  frequency:
    'Spells that began in the period per person of the average headcount (person-days in post by days of the period).',
  severityDays: 'Calendar days lost in the period per spell with a day in it.',
  long: 'Spells of more than 28 calendar days from their first day, as known on the last day of the period.',
  psychologicalShare:
    'FTE days lost under a psychological reason, of all FTE days lost; what is unmapped counts as not psychological.',
  open: 'Spells that go on beyond the last day of the period: their days up to it count, and their length is censored.',
} as const;

/** Absence of a period: days, rates, spells, reasons, return to work, and how groups differ. */
export function absence(input: AbsenceInput): AbsenceResult {
  const { spec, members, absences } = input;
  const fromDay = dayOfIso(spec.from) ?? 0;
  const toDay = dayOfIso(spec.to) ?? 0;
  const reasonOf = reasonReader({ own: spec.reasons, codeSets: spec.codeSets });
  const options: TallyInput = {
    members,
    absences,
    fromDay,
    toDay,
    days: spec.days,
    gapDays: spec.gapDays,
    bridgeWeekends: spec.bridgeWeekends,
    reasonOf,
    groupOf: groupReader(spec.by, fromDay),
  };
  const tally = tallyAbsence(options);
  const groups = [...tally.groups].sort(([a], [b]) => compareCodePoints(a, b));
  const visible = visibleGroups(groups, input.mayShow);
  const shown = new Set(visible.flatMap(({ group, shown: is }) => (is ? [group] : [])));
  const allShown = mayShowAll(tally, spec.minimum);
  const periodDays = toDay - fromDay + 1;
  const factors = new Map(
    tally.members
      .filter(({ sums }) => sums.inPostAtEnd > 0)
      .map(({ member }) => [member, bradfordFactor(absences[member] ?? [], options, reasonOf)]),
  );
  const rates = spellRates(tally.persons, shown, spec.reference, spec.days);
  return {
    people: tally.all.people,
    days: spec.days,
    all: allShown ? figuresOf(tally.all, periodDays, largeParts(tally.all, spec.minimum)) : null,
    groups: groups.map(([group, sums], at) => ({
      group,
      figures: shown.has(group) ? figuresOf(sums, periodDays, visible[at]?.parts ?? new Set()) : null,
    })),
    withheldGroups: groups.filter(([group]) => !shown.has(group)).length,
    months: absenceMonths({
      tally,
      options,
      minimum: spec.minimum,
      span: input.span,
      mayShowPeriod: allShown,
      mayShow: input.mayShow,
    }),
    returnToWork: returnToWork(tally.followed, shown, spec.minimum),
    rates: 'none' in rates ? null : rates,
    ratesOmitted: 'none' in rates ? rates.none : null,
    reasons: reasonLines(tally, reasonOf, spec.minimum),
    reasonDocument,
    bradford: bradfordContext([...factors.values()], spec.minimum),
    notes: { ...tally.notes, strangers: input.strangers },
    definitions,
    ...(spec.rows ? { rows: rowsOf(members, tally.members, factors) } : {}),
  };
}

type VisibleGroup = { readonly group: string; readonly shown: boolean; readonly parts: ReadonlySet<PartCount> };

/** A group shows where neither its people nor those of them absent are few; its parts where they are not few either. */
function visibleGroups(
  groups: readonly (readonly [string, AbsenceSums])[],
  mayShow: AbsenceInput['mayShow'],
): VisibleGroup[] {
  if (groups.length === 0) return [];
  const names = groups.map(([group]) => group);
  const check = (key: keyof AbsenceSums): readonly boolean[] =>
    mayShow(
      names,
      groups.map(([, sums]) => sums[key]),
    );
  const [people, absent] = [check('people'), check('absent')];
  const parts = partCounts.map((key) => ({ key, shown: check(key) }));
  return groups.map(([group], at) => ({
    group,
    shown: people[at] === true && absent[at] === true,
    parts: new Set(parts.flatMap(({ key, shown }) => (shown[at] ? [key] : []))),
  }));
}

function largeParts(sums: AbsenceSums, minimum: number): ReadonlySet<PartCount> {
  return new Set(partCounts.filter((key) => sums[key] === 0 || sums[key] >= minimum));
}

function mayShowAll({ all }: Tally, minimum: number): boolean {
  return all.people >= minimum && (all.absent === 0 || all.absent >= minimum);
}

function reasonLines(tally: Tally, reasonOf: ReturnType<typeof reasonReader>, minimum: number): ReasonLine[] {
  return [...tally.reasons.values()]
    .sort((a, b) => b.spells - a.spells || compareCodePoints(a.reason ?? '', b.reason ?? ''))
    .map(({ reason, spells, fteDays }) => {
      const { group, by } = reasonOf(reason);
      const enough = spells >= minimum;
      return { reason, group: group.code, by, spells: enough ? spells : null, fteDays: enough ? fteDays : null };
    });
}

function rowsOf(
  members: readonly StaffMember[],
  found: readonly MemberSums[],
  factors: ReadonlyMap<number, number>,
): AbsencePerson[] {
  return found.flatMap(({ member, sums }) => {
    const person = members[member];
    if (!person) return [];
    return [
      {
        person: person.pseudonym,
        unit: person.unit,
        role: person.role,
        spells: sums.spells,
        calendarDays: sums.calendarDays,
        fteDays: sums.lostFte,
        psychologicalFteDays: sums.psychologicalFte,
        longSpells: sums.long,
        open: sums.open > 0,
        bradford: factors.get(member) ?? 0,
      },
    ];
  });
}
