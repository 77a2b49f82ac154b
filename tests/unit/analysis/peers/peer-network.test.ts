import { describe, expect, it } from 'vitest';
import { shiftOf } from '#main/analysis/peers/coverage.ts';
import { peerNetwork } from '#main/analysis/peers/peer-network.ts';
import type { ContactRecord, RequestRecord, VolunteerRecord } from '#main/analysis/peers/records.ts';
import { parsePeerNetworkSpec } from '#main/analysis/peers/spec.ts';
import { gapAt } from '#main/analysis/peers/supervision.ts';
import { dayOfIso } from '#shared/domain/dates.ts';

const asOf = '2026-03-31';
const today = dayOfIso(asOf)!;
const all = () => true;
const shows = { mayShow: (labels: readonly string[]) => labels.map(all), mayShowTable: () => all };

function volunteer(ref: string, given: Partial<VolunteerRecord> = {}): VolunteerRecord {
  return {
    ref,
    kind: 'peer',
    base: 'North',
    capacity: 3,
    skills: ['trauma', 'language:pl'],
    vettedOn: today - 400,
    trainedOn: today - 300,
    supervisor: 'S',
    fromDay: today - 300,
    toDay: null,
    ...given,
  };
}

function request(at: number, given: Partial<RequestRecord> = {}): RequestRecord {
  const requestedAt = (today - 30) * 86_400 + 36_000;
  return {
    ref: `R${at}`,
    token: `T${at}`,
    day: today - 30,
    requestedAt,
    area: 'North',
    needs: ['trauma'],
    respondedAt: requestedAt + 3_600 * (at + 1),
    status: null,
    ...given,
  };
}

function contact(volunteerRef: string, at: number, given: Partial<ContactRecord> = {}): ContactRecord {
  const day = today - 5;
  return { volunteer: volunteerRef, token: `T${at}`, at: day * 86_400, day, minutes: 30, ...given };
}

function network(
  records: { volunteers?: VolunteerRecord[]; requests?: RequestRecord[]; contacts?: ContactRecord[] },
  spec: Record<string, unknown> = {},
) {
  const parsed = parsePeerNetworkSpec({ asOf, ...spec });
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { volunteers = [], requests = [], contacts = [] } = records;
  return peerNetwork({ records: { volunteers, requests, contacts, decisions: [] }, spec: parsed.value, ...shows });
}

describe('peerNetwork', () => {
  it('says of every volunteer what is in date, what they carry and what to offer', () => {
    const { rows } = network(
      {
        volunteers: [
          volunteer('A', { capacity: 2 }),
          volunteer('B', { vettedOn: today - 1_096 }),
          volunteer('C', { trainedOn: today - 730, supervisor: null }),
        ],
        contacts: [0, 1, 2].map((at) => contact('A', at, { day: today - at })),
      },
      { rows: true },
    );
    expect(rows?.map(({ notReady }) => notReady)).toEqual([[], ['vetting lapsed'], ['no supervisor']]);
    const [overloaded] = rows ?? [];
    expect(overloaded).toMatchObject({ inUse: 3, contacts: 3, minutes: 90, daysWithoutRest: 3, languages: ['pl'] });
    expect(overloaded?.offer).toContain('offer supervision');
    expect(rows?.[1]?.offer).toBeNull();
  });

  it('tells the share answered in time with the open requests still waiting', () => {
    const answered = Array.from({ length: 60 }, (_, at) => request(at));
    const open = Array.from({ length: 20 }, (_, at) => request(100 + at, { respondedAt: null }));
    const { response } = network({ requests: [...answered, ...open] }, { responseHours: 40 });
    expect(response.withinShare?.estimate).toBeCloseTo(0.5, 12);
    expect(response.medianHours).toBe(40.5);
    expect(response).toMatchObject({ requests: 80, open: 20 });
  });

  it('estimates nothing from nine people, nor where nine are left waiting', () => {
    expect(network({ requests: Array.from({ length: 9 }, (_, at) => request(at)) }).response).toMatchObject({
      requests: null,
      withinShare: null,
      medianHours: null,
      curve: [],
    });
    const left = network({ requests: Array.from({ length: 60 }, (_, at) => request(at)) }, { responseHours: 51 });
    expect(left.response.withinShare).toBeNull();
  });

  it('finds an area that people ask from and no ready volunteer is based in', () => {
    const south = Array.from({ length: 12 }, (_, at) => request(at, { area: 'South' }));
    const { coverage } = network(
      { volunteers: [volunteer('A'), volunteer('B', { base: 'South', vettedOn: null })], requests: south },
      { rows: true },
    );
    expect(coverage.areas).toEqual([
      { area: 'North', people: 0, capacity: { early: 3, late: 3, night: 3 }, needWithoutCapacity: false },
      { area: 'South', people: 12, capacity: { early: 0, late: 0, night: 0 }, needWithoutCapacity: true },
    ]);
    expect(coverage.cells.find(({ area, shift }) => area === 'South' && shift === 'early')?.people).toBe(12);
  });

  it('withholds places that rest on fewer than five volunteers, or from which theirs would follow', () => {
    const five = ['A', 'B', 'C', 'D', 'E'].map((ref) => volunteer(ref, { skills: ['shift:early', 'shift:late'] }));
    const capacityWith = (more: VolunteerRecord[], rows = false) =>
      network({ volunteers: [...five, ...more] }, { rows }).coverage.areas[0]?.capacity;
    expect(capacityWith([])).toEqual({ early: 15, late: 15, night: 0 });
    // Early less late would be what this one can take on.
    const early = volunteer('F', { skills: ['shift:early'] });
    expect(capacityWith([early])).toEqual({ early: null, late: 15, night: 0 });
    expect(capacityWith([early], true)).toEqual({ early: 18, late: 15, night: 0 });
    expect(capacityWith([volunteer('G')])).toEqual({ early: null, late: null, night: null });
  });

  it('counts everybody once, at their first request, however often they ask', () => {
    const twice = Array.from({ length: 12 }, (_, at) => request(at, { token: `T${at % 2}` }));
    expect(network({ requests: twice }).coverage.cells.reduce((sum, { people }) => sum + (people ?? 0), 0)).toBe(2);
  });

  it('counts no contact before a renewal as one without vetting', () => {
    const validity = { vettingYears: 3, trainingYears: 2 };
    const renewed = volunteer('A', { vettedOn: today });
    expect(gapAt(renewed, today - 10, validity)).toBe('renewed since');
    expect(gapAt(volunteer('B', { supervisor: null }), today - 10, validity)).toBe('no supervisor');
    expect(gapAt(undefined, today, validity)).toBe('volunteer not listed');
    expect(gapAt(volunteer('C'), today, validity)).toBeNull();
  });

  it('reads the shift by the clock in London', () => {
    expect(shiftOf(Date.UTC(2026, 6, 1, 6, 30) / 1_000)).toBe('early');
    expect(shiftOf(Date.UTC(2026, 0, 1, 6, 30) / 1_000)).toBe('night');
    expect(shiftOf(Date.UTC(2026, 0, 1, 22, 59) / 1_000)).toBe('late');
  });
});
