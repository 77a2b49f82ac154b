import { matchesFor } from './assign.ts';
import type { Draft } from './draft.ts';
import { columnOf, has, hoursToMinutes } from './draft-helpers.ts';
import { nameJudge } from './name-score.ts';
import { isDateColumn } from './time-columns.ts';

/** Where a duty has planned and actual times, what was worked counts. */
export function preferActual(draft: Draft): void {
  const planned = ['planned', 'scheduled', 'rostered', 'plan'];
  const judge = nameJudge(draft.kind);
  for (const name of ['start', 'end']) {
    const matches = matchesFor(columnOf(draft, name), draft.evidence.profiles, judge).filter(
      (match) => match.name > 0.4,
    );
    const actual = matches.find(
      (match) => has(match.profile, 'actual', 'worked', 'booked', 'actuals') && match.profile.filled > 0,
    );
    const current = draft.matches.get(name);
    if (current && has(current.profile, ...planned) && actual) draft.matches.set(name, actual);
    else if (actual && current && !has(current.profile, 'actual')) {
      const hasPlanned = draft.evidence.profiles.some((profile) => has(profile, ...planned));
      if (hasPlanned) draft.matches.set(name, actual);
    }
  }
}

const span = /^\d{1,2}[:.]?\d{2}\s*(?:hrs?)?\s*(?:-|–|—|to|\/)\s*\d{1,2}[:.]?\d{2}\s*(?:hrs?)?$/i;

/** Start and end in one cell, as `0700-1600`, beside the day of the duty. */
function spanOfDuty(draft: Draft): void {
  const times = draft.evidence.profiles.find(
    (profile) =>
      profile.filled > 0 && profile.values.filter(([text]) => span.test(text)).length >= profile.values.length * 0.8,
  );
  const days = draft.evidence.profiles.filter((profile) => isDateColumn(profile) && !has(profile, 'birth'));
  const day = days.find((profile) => has(profile, 'duty', 'shift')) ?? days[0];
  if (!times || !day) return;
  for (const name of ['start', 'end']) draft.drop(name);
  draft.combine['start'] = { date: day.name, time: times.name, part: 'first' };
  draft.combine['end'] = { date: day.name, time: times.name, part: 'last', after: 'start' };
  for (const name of ['start', 'end']) {
    delete draft.rules[name];
    draft.note(
      name,
      times,
      0.9,
      `the ${name === 'start' ? 'first' : 'last'} time in “${times.name}”, on the day in “${day.name}”`,
    );
    draft.used.add(day.index);
    draft.dates.push([name, day]);
    draft.mend(name, ...(day.date?.rules ?? []), ...(day.serial > 0.02 ? (['excel-serial'] as const) : []));
  }
}

export function completeDuties(draft: Draft): void {
  spanOfDuty(draft);
  hoursToMinutes(draft, 'overtime_minutes');
  const gaps = ['start', 'end'].flatMap((name) => {
    const header = draft.combine[name]?.time ?? draft.columns[name];
    const profile = draft.evidence.profiles.find((candidate) => candidate.name === header);
    return profile && profile.filled < profile.rows && profile.filled > 0 ? [profile] : [];
  });
  if (gaps.length > 0) {
    draft.records.push({ whenAll: gaps.map((profile) => profile.name) });
    draft.reasons.push(
      `Rows without ${gaps.map((profile) => `“${profile.name}”`).join(' or ')} were not worked and are passed over.`,
    );
  }
  const end = draft.columns['end'];
  if (end !== undefined && draft.combine['end'] === undefined && draft.combine['start'] === undefined)
    draft.mend('end', 'next-day');
}
