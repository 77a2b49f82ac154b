/** The derivation of exposures written as plainly as it can be, over rows and with no care for speed. */

import type { CodeRule } from '#shared/contract/code-rules.ts';

export type Incident = {
  readonly ref: string;
  readonly date: string;
  readonly opened: string | null;
  readonly closed: readonly string[];
};

export type Attendance = {
  readonly ref: string;
  readonly person: number;
  readonly arrived: number;
  readonly cleared: number | null;
  readonly date: string;
  readonly attribution: number;
  readonly role: '' | 'first' | 'away';
};

export type Direct = { readonly ref: string; readonly person: number; readonly category: string };

export type Derived = {
  readonly person: number;
  readonly date: string;
  readonly category: string;
  readonly attribution: number;
  readonly first: boolean;
  readonly minutes: number | null;
};

const tidy = (code: string): string => code.trim().replaceAll(/\s+/g, ' ').toUpperCase();

function ruleFor(rules: readonly CodeRule[], code: string, place: 'opened' | 'closed', date: string): CodeRule | null {
  const fitting = rules.filter((rule) => {
    const wanted = tidy(rule.code);
    const same = wanted.endsWith('*') ? tidy(code).startsWith(wanted.slice(0, -1)) : tidy(code) === wanted;
    const there = rule.match === undefined || rule.match === 'any' || rule.match === place;
    return same && there && (rule.from ?? '0000') <= date && date <= (rule.to ?? '9999-99-99');
  });
  const weight = (rule: CodeRule): number => (tidy(rule.code).endsWith('*') ? tidy(rule.code).length : 1_000);
  return fitting.sort((a, b) => weight(b) - weight(a))[0] ?? null;
}

/** Categories of an incident, none when it is not traumatic, null without a rule. */
export function categoriesOf(rules: readonly CodeRule[], incident: Incident): string[] | null {
  const closed = incident.closed.length > 0;
  const codes = closed ? incident.closed : incident.opened === null ? [] : [incident.opened];
  const found = codes.flatMap((code) => ruleFor(rules, code, closed ? 'closed' : 'opened', incident.date) ?? []);
  if (found.length === 0) return null;
  return [...new Set(found.map(({ category }) => category))].filter((category) => category !== 'NOT_TRAUMATIC').sort();
}

function minutesOf(rows: readonly Attendance[]): number | null {
  const minutes = new Set<number>();
  const ended = rows.filter(({ cleared }) => cleared !== null);
  if (ended.length === 0) return null;
  for (const { arrived, cleared } of ended) for (let at = arrived; at < cleared!; at += 60) minutes.add(at);
  return minutes.size;
}

export function deriveByHand(
  rules: readonly CodeRule[],
  incidents: readonly Incident[],
  attendances: readonly Attendance[],
  direct: readonly Direct[],
): { readonly derived: Derived[]; readonly covered: number; readonly unmapped: number; readonly notImported: number } {
  const derived: Derived[] = [];
  let [covered, unmapped, notImported] = [0, 0, 0];
  for (const row of attendances) {
    const incident = incidents.find(({ ref }) => ref === row.ref);
    if (!incident) notImported += 1;
    else if (categoriesOf(rules, incident) === null) unmapped += 1;
    else covered += 1;
  }
  for (const incident of incidents) {
    const there = attendances.filter(({ ref }) => ref === incident.ref).sort((a, b) => a.arrived - b.arrived);
    const qualifies = (row: Attendance): boolean => row.role !== 'away' && row.attribution !== 3;
    const byRole = there.some(({ role }) => role === 'first');
    const earliest = there.find(qualifies)?.arrived;
    for (const person of new Set(there.map((row) => row.person))) {
      const own = there.filter((row) => row.person === person);
      const first = own.some((row) => (byRole ? row.role === 'first' : qualifies(row) && row.arrived === earliest));
      for (const category of categoriesOf(rules, incident) ?? []) {
        const same = direct.some(
          (row) => row.ref === incident.ref && row.person === person && row.category === category,
        );
        if (same) continue;
        const { date, attribution } = own[0]!;
        derived.push({ person, date, category, attribution, first, minutes: minutesOf(own) });
      }
    }
  }
  return { derived, covered, unmapped, notImported };
}
