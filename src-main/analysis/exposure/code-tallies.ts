import { type CodePlace, comparableCode, countingCodes } from '#shared/domain/incident-codes.ts';
import type { AttendedIncidents } from './attended-incidents.ts';
import { type CompiledRules, outcomeIndex } from './code-rules.ts';

/** A code for which no rule is in force in some incidents, and what they are. Days are day numbers. */
export type CodeTally = {
  readonly code: string;
  readonly incidents: number;
  readonly asOpening: number;
  readonly asClosing: number;
  readonly attendances: number;
  readonly uncovered: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly together: readonly string[];
};

export type CodeTallies = {
  /** Most attendances first, then by code. */
  readonly codes: readonly CodeTally[];
  readonly withoutCode: { readonly incidents: number; readonly attendances: number };
};

/** Incidents that have the same codes and, within each span of days in which the same rules are in force, what they count. */
type Span = { incidents: number; attendances: number; firstDay: number; lastDay: number };

const mostTogether = 3;

/** Every code without a rule, by the incidents in which it counts (closing codes where there are any, else the opening code). */
export function unmappedCodes(attended: AttendedIncidents, rules: CompiledRules): CodeTallies {
  const times = attended.codeSets.map((set) => rules.outcomes(set));
  const spans = times.map(({ from }) => from.map((): Span => ({ ...nothing })));
  for (let incident = 0; incident < attended.day.length; incident += 1) {
    const set = attended.codes[incident] as number;
    const day = attended.day[incident] as number;
    const time = times[set];
    const span = time ? spans[set]?.[outcomeIndex(time, day)] : undefined;
    if (!span) continue;
    span.incidents += 1;
    span.attendances += (attended.offsets[incident + 1] as number) - (attended.offsets[incident] as number);
    span.firstDay = Math.min(span.firstDay, day);
    span.lastDay = Math.max(span.lastDay, day);
  }
  const codes = new Map<string, Gathered>();
  const withoutCode = { incidents: 0, attendances: 0 };
  for (const [set, { opened, closed }] of attended.codeSets.entries()) {
    const counting = countingCodes({ opened, closed });
    const everyCode = [...new Set([...(opened === null ? [] : [opened]), ...closed])];
    for (const [index, span] of (spans[set] ?? []).entries()) {
      if (span.incidents === 0) continue;
      if (counting.codes.length === 0) {
        withoutCode.incidents += span.incidents;
        withoutCode.attendances += span.attendances;
      }
      const uncovered = times[set]?.outcomes[index] === null;
      const seen = new Set<string>();
      for (const code of counting.codes) {
        const name = comparableCode(code);
        if (seen.has(name) || rules.hasRule(code, counting.place, span.firstDay)) continue;
        seen.add(name);
        gather(codes, name, code, counting.place, span, uncovered, everyCode);
      }
    }
  }
  const tallies = [...codes.values()].map(tallyOf);
  return { codes: tallies.sort((a, b) => b.attendances - a.attendances || compare(a.code, b.code)), withoutCode };
}

const nothing: Span = {
  incidents: 0,
  attendances: 0,
  firstDay: Number.POSITIVE_INFINITY,
  lastDay: Number.NEGATIVE_INFINITY,
};

type Gathered = Span & {
  readonly code: string;
  asOpening: number;
  asClosing: number;
  uncovered: number;
  readonly together: Map<string, number>;
};

function gather(
  codes: Map<string, Gathered>,
  name: string,
  code: string,
  place: CodePlace,
  span: Span,
  uncovered: boolean,
  everyCode: readonly string[],
): void {
  const found = codes.get(name) ?? { ...nothing, code, asOpening: 0, asClosing: 0, uncovered: 0, together: new Map() };
  codes.set(name, found);
  found.incidents += span.incidents;
  found.attendances += span.attendances;
  if (place === 'opened') found.asOpening += span.incidents;
  else found.asClosing += span.incidents;
  if (uncovered) found.uncovered += span.attendances;
  found.firstDay = Math.min(found.firstDay, span.firstDay);
  found.lastDay = Math.max(found.lastDay, span.lastDay);
  for (const other of everyCode) {
    if (comparableCode(other) === name) continue;
    found.together.set(other, (found.together.get(other) ?? 0) + span.incidents);
  }
}

function tallyOf({ together, ...found }: Gathered): CodeTally {
  const most = [...together].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).slice(0, mostTogether);
  return { ...found, together: most.map(([code]) => code) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
