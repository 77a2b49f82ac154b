import type { StaffMember } from '#main/analysis/absence/staff-timeline.ts';
import type { SupportRow } from '#main/analysis/support/courses.ts';
import { parseSupportUptakeSpec } from '#main/analysis/support/spec.ts';
import { supportUptake } from '#main/analysis/support/support-uptake.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import type { SimulationCell } from '../cell.ts';

const from = dayOfIso('2023-01-01') ?? 0;
const until = dayOfIso('2025-06-30') ?? 0;
const changed = dayOfIso('2024-07-01') ?? 0;
const people = 900;
const uptake = { Response: 0.4, CID: 0.6, Custody: 0.6 } as const;
const step = 0.15;

function personOf(at: number, stream: RandomStream): StaffMember {
  return {
    pseudonym: String(at),
    unit: 'North',
    role: (['Response', 'CID', 'Custody'] as const)[at % 3] as string,
    rank: null,
    workforce: null,
    sex: null,
    ethnicity: null,
    birthYear: null,
    serviceStart: null,
    serviceEnd: stream.nextBelow(8) === 0 ? from + 200 + stream.nextBelow(700) : null,
    fte: 1,
    postings: [],
  };
}

/** An offer at any time in post, and a contact some days later with the chance of the role; TRiM changes, counselling does not. */
function coursesOf(stream: RandomStream, member: number, person: StaffMember, service: string): SupportRow[] {
  const last = Math.min(until, person.serviceEnd ?? until);
  return Array.from({ length: 1 + stream.nextBelow(3) }, (_, course) => {
    const day = from + stream.nextBelow(last - from + 1);
    const base = uptake[person.role as keyof typeof uptake];
    const chance = base + (service === 'TRiM' && day >= changed ? step : 0);
    const row = { member, service, episode: String(course) };
    // Contacts come at once, so that nobody leaves between the two.
    const contact = stream.nextUniform() < chance ? [{ ...row, step: 'contacted' as const, day }] : [];
    return [{ ...row, step: 'offered' as const, day }, ...contact];
  }).flat();
}

/** Rows as they come, through courses, groups, months and the models. */
const uptakeCell: SimulationCell = {
  name: 'support: uptake by role before a change in the offer, and the step against a service that it did not touch, 900 people',
  bars: {
    covered: [0.91, 0.97],
    why: 'with 29 months the errors of the series take an uncertain autocorrelation as known: 92.8% in 2,000 replications',
  },
  replicate: (stream) => {
    const members = Array.from({ length: people }, (_, at) => personOf(at, stream));
    const rows = members.flatMap((person, member) =>
      ['TRiM', 'Counselling'].flatMap((service) => coursesOf(stream, member, person, service)),
    );
    const found = (spec: Record<string, unknown>) => {
      const parsed = parseSupportUptakeSpec({ followDays: 28, until: '2025-06-30', ...spec });
      if (!parsed.ok) throw new Error(parsed.error.message);
      const rowsToShow = (groups: readonly string[]) => groups.map(() => true);
      return supportUptake({
        members,
        rows,
        untilDay: until,
        spec: parsed.value,
        directory: [],
        costs: [],
        rowsToShow,
      });
    };
    const before = found({
      from: '2023-01-01',
      to: '2024-06-30',
      by: ['role'],
      service: 'TRiM',
      reference: { role: 'CID' },
    });
    const groups = before.services[0]?.groups[0]?.groups ?? [];
    const response = groups.find(({ group }) => group === 'Response')?.ratio;
    const custody = groups.find(({ group }) => group === 'Custody');
    const change = { on: '2024-07-01', service: 'TRiM', comparison: { service: 'Counselling' } };
    const { change: moved } = found({ from: '2023-01-01', to: '2025-06-30', by: [], service: 'TRiM', change });
    const level = moved?.series?.level;
    const difference = moved?.compared?.difference;
    if (response?.low == null || response.high === null || custody?.p == null) return null;
    if (level?.low == null || level.high === null || difference?.low == null || difference.high === null) return null;
    return [
      { parameter: 'ratio of Response', low: response.low, high: response.high, truth: uptake.Response / uptake.CID },
      { parameter: 'Custody the same as CID', p: custody.p },
      { parameter: 'step against the months before', low: level.low, high: level.high, truth: step },
      { parameter: 'step against the other service', low: difference.low, high: difference.high, truth: step },
    ];
  },
};

export const supportCells: readonly SimulationCell[] = [uptakeCell];
