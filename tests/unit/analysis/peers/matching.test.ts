import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takingOn } from '#main/analysis/peers/matching/candidates.ts';
import { neighboursOf, problemOf } from '#main/analysis/peers/matching/costs.ts';
import { leastCostMatches, matchableAt } from '#main/analysis/peers/matching/proposals.ts';
import type { ContactRecord, PeerRecords, RequestRecord, VolunteerRecord } from '#main/analysis/peers/records.ts';
import { type PeerNetworkSpec, parsePeerNetworkSpec } from '#main/analysis/peers/spec.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { byTryingAll } from './by-trying-all.ts';

const asOf = '2026-03-31';
const today = dayOfIso(asOf)!;

function specWith(given: Record<string, unknown> = {}): PeerNetworkSpec {
  const parsed = parsePeerNetworkSpec({ asOf, ...given });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function volunteer(ref: string, given: Partial<VolunteerRecord> = {}): VolunteerRecord {
  return {
    ref,
    kind: 'peer',
    base: 'North',
    capacity: 2,
    skills: ['trauma'],
    vettedOn: today - 400,
    trainedOn: today - 300,
    supervisor: 'S',
    fromDay: today - 300,
    toDay: null,
    ...given,
  };
}

function request(ref: string, given: Partial<RequestRecord> = {}): RequestRecord {
  const day = given.day ?? today - 10;
  return {
    ref,
    token: `token of ${ref}`,
    day,
    requestedAt: day * 86_400,
    area: 'North',
    needs: ['trauma'],
    respondedAt: null,
    status: 'open',
    ...given,
  };
}

function contact(who: string, token: string, day: number): ContactRecord {
  return { volunteer: who, token, at: day * 86_400, day, minutes: 30 };
}

function matched(records: Partial<PeerRecords>, given: Record<string, unknown> = {}) {
  const all = { volunteers: [], requests: [], contacts: [], decisions: [], ...records };
  return leastCostMatches(all, specWith(given));
}

function pairs(records: Partial<PeerRecords>, given: Record<string, unknown> = {}): string[] {
  return matched(records, given).proposals.map((proposal) => `${proposal.request}-${proposal.volunteer}`);
}

describe('what may not be broken', () => {
  it('proposes nobody who is not serving, vetted, trained and supervised', () => {
    const lapsed = [
      volunteer('A', { vettedOn: today - 1_200 }),
      volunteer('B', { trainedOn: null }),
      volunteer('C', { toDay: today - 1 }),
      volunteer('D', { supervisor: null }),
    ];
    const { proposals, unmatched, freePlaces } = matched({ volunteers: lapsed, requests: [request('R')] });
    expect([proposals, freePlaces]).toEqual([[], 0]);
    expect(unmatched[0]?.why).toBe('No volunteer is ready.');
  });

  it('asks for the language and the shift that a request names, and says where nobody has them', () => {
    const volunteers = [volunteer('A', { skills: ['trauma', 'language:pl', 'shift:early'] }), volunteer('B')];
    const night = request('R1', { needs: ['trauma', 'language:pl', 'shift:night'] });
    const urdu = request('R2', { needs: ['language:ur', 'trauma'] });
    const polish = request('R3', { needs: ['language:PL'] });
    const { proposals, unmatched } = matched({ volunteers, requests: [night, urdu, polish] });
    expect(proposals.map((own) => [own.request, own.volunteer])).toEqual([['R3', 'A']]);
    expect(unmatched.map(({ why }) => why)).toEqual([
      'Nobody ready who speaks Polish takes the night shift.',
      'Nobody ready speaks Urdu.',
    ]);
  });

  it('keeps a conflict of interest apart, whichever side names it', () => {
    const volunteers = [volunteer('A'), volunteer('B', { base: 'South', skills: ['trauma', 'conflict:North'] })];
    const { unmatched } = matched({ volunteers, requests: [request('R', { needs: ['trauma', 'conflict:north'] })] });
    expect(unmatched[0]?.why).toContain('conflict of interest');
    expect(pairs({ volunteers, requests: [request('R', { area: 'West', needs: ['conflict:North'] })] })).toEqual([
      'R-B',
    ]);
  });

  it('proposes no match again that was declined, and none for a request that was accepted', () => {
    const records = { volunteers: [volunteer('A'), volunteer('B', { base: 'South' })], requests: [request('R')] };
    const decided = (decision: 'accepted' | 'declined') => ({ request: 'R', volunteer: 'A', decision });
    expect(pairs(records)).toEqual(['R-A']);
    expect(pairs({ ...records, decisions: [decided('declined')] })).toEqual(['R-B']);
    expect(matched({ ...records, decisions: [decided('accepted')] }).open).toBe(0);
    // Taken back: the request is open again, and goes to somebody else.
    expect(pairs({ ...records, decisions: [decided('accepted'), decided('declined')] })).toEqual(['R-B']);
  });

  it('counts a place as taken from the decision on, until the person is seen, and then by the contact', () => {
    const volunteers = [volunteer('A', { capacity: 1 })];
    const accepted = { request: 'R1', volunteer: 'A', decision: 'accepted' as const };
    const requests = [request('R1'), request('R2')];
    const waiting = { volunteers, requests, decisions: [accepted] };
    expect(matched(waiting)).toMatchObject({ open: 1, freePlaces: 0, proposals: [] });
    const seen = { ...waiting, contacts: [contact('A', 'token of R1', today - 5)] };
    expect(matched(seen)).toMatchObject({ freePlaces: 0, proposals: [] });
    expect(matched({ ...seen, contacts: [contact('A', 'token of R1', today - 9)] }, { loadDays: 7 })).toMatchObject({
      freePlaces: 1,
    });
    const withdrawn = { ...waiting, requests: [request('R1', { status: 'Withdrawn' }), request('R2')] };
    expect(pairs(withdrawn)).toEqual(['R2-A']);
  });

  it('leaves what is answered, matched or closed alone', () => {
    const requests = [
      request('R1', { respondedAt: today * 86_400 }),
      ...['Matched', 'closed', ' Cancelled '].map((status, at) => request(`S${at}`, { status })),
      request('R2', { status: null }),
    ];
    expect(pairs({ volunteers: [volunteer('A', { capacity: 9 })], requests })).toEqual(['R2-A']);
  });
});

describe('what is weighed', () => {
  it('prefers who is near, who lists the need, who carries less and whom the person knows', () => {
    const open = { requests: [request('R')] };
    const far = volunteer('A', { base: 'West' });
    const next = volunteer('B', { base: 'South' });
    expect(pairs({ ...open, volunteers: [far, next] }, { neighbours: [['south', 'North']] })).toEqual(['R-B']);
    expect(pairs({ ...open, volunteers: [volunteer('A', { skills: ['debt'] }), volunteer('B')] })).toEqual(['R-B']);
    const busy = { volunteers: [volunteer('A'), volunteer('B')], contacts: [contact('A', 'somebody', today - 3)] };
    expect(pairs({ ...open, ...busy })).toEqual(['R-B']);
    const known = { volunteers: [volunteer('A'), volunteer('B')], contacts: [contact('B', 'token of R', today - 90)] };
    expect(pairs({ ...open, ...known })).toEqual(['R-B']);
  });

  it('gives the only place to whoever waits longest, other things being equal', () => {
    const requests = [request('R1', { day: today - 2 }), request('R2', { day: today - 40 })];
    const { proposals, unmatched } = matched({ volunteers: [volunteer('A', { capacity: 1 })], requests });
    expect(proposals[0]).toMatchObject({ request: 'R2', waitingDays: 40 });
    expect(unmatched[0]?.why).toContain('is proposed to somebody');
  });

  it('leaves a request waiting where the weights make that the cheaper', () => {
    const weights = { unmet: 0, waitingDay: 0, placeInUse: 5, farArea: 50 };
    const records = { volunteers: [volunteer('A', { base: 'West' })], requests: [request('R')] };
    expect(matched(records, { weights }).unmatched[0]?.why).toContain('costs more than to go on waiting');
  });

  it('says why, and what speaks against it, in words', () => {
    const skills = ['trauma', 'language:pl', 'shift:night'];
    const asked = request('R', { needs: ['language:pl', 'trauma', 'debt', 'shift:night'] });
    const { proposals } = matched({
      volunteers: [volunteer('A', { skills, capacity: 3 })],
      requests: [asked],
      contacts: [contact('A', asked.token, today - 5)],
    });
    expect(proposals[0]?.why).toEqual([
      'speaks Polish',
      'trained for trauma',
      'based in North',
      'takes the night shift',
      'has 2 free places',
      'saw this person before',
    ]);
    expect(proposals[0]?.but).toEqual(['does not list debt']);
    expect(JSON.stringify(proposals)).not.toContain(asked.token);
  });
});

const areas = fc.constantFrom('North', 'South', 'East', null);
const skillLists = fc.subarray(['trauma', 'debt', 'language:pl', 'shift:night', 'shift:early', 'conflict:South']);
const needLists = fc.subarray(['trauma', 'debt', 'language:pl', 'shift:night', 'conflict:North']);
const anyVolunteer = fc.record({
  base: areas,
  capacity: fc.integer({ min: 0, max: 3 }),
  skills: skillLists,
  vettedOn: fc.constantFrom(today - 100, today - 2_000, null),
});
const anyRequest = fc.record({
  area: areas,
  needs: needLists,
  day: fc.integer({ min: today - 60, max: today }),
  token: fc.constantFrom('t1', 't2', 't3', 't4'),
});
const anyContact = fc.record({
  volunteer: fc.integer({ min: 0, max: 3 }),
  token: fc.constantFrom('t1', 't2', 't3', 't4'),
  day: fc.integer({ min: today - 60, max: today }),
});
const anyDecision = fc.record({
  request: fc.integer({ min: 0, max: 4 }),
  volunteer: fc.integer({ min: 0, max: 3 }),
  decision: fc.constantFrom('accepted' as const, 'declined' as const),
});
const anyNetwork = fc
  .record({
    volunteers: fc.array(anyVolunteer, { minLength: 1, maxLength: 4 }),
    requests: fc.array(anyRequest, { minLength: 1, maxLength: 5 }),
    contacts: fc.array(anyContact, { maxLength: 6 }),
    decisions: fc.array(anyDecision, { maxLength: 3 }),
    unmet: fc.constantFrom(0, 60, 10_000),
  })
  .map(({ unmet, ...made }) => ({
    unmet,
    records: {
      volunteers: made.volunteers.map((given, at) => volunteer(`V${at}`, given)),
      requests: made.requests.map((given, at) => request(`R${at}`, given)),
      contacts: made.contacts.map(({ volunteer: who, token, day }) => contact(`V${who}`, token, day)),
      decisions: made.decisions.map((one) => ({ ...one, request: `R${one.request}`, volunteer: `V${one.volunteer}` })),
    } satisfies PeerRecords,
  }));

describe('any network', () => {
  it('is matched at the least cost of all ways that there are', () => {
    fc.assert(
      fc.property(anyNetwork, ({ records, unmet }) => {
        const spec = specWith({ neighbours: [['North', 'South']], weights: { unmet } });
        const { requests, candidates } = matchableAt(records, spec);
        const areNeighbours = neighboursOf(spec.neighbours);
        const problem = problemOf(requests, takingOn(candidates), { weights: spec.weights, areNeighbours });
        expect(leastCostMatches(records, spec).cost).toBe(byTryingAll(problem));
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('is matched within every rule, each open request once, each volunteer within their places', () => {
    let proposed = 0;
    fc.assert(
      fc.property(anyNetwork, ({ records }) => {
        const { proposals, unmatched, open } = matched(records);
        expect(new Set([...proposals, ...unmatched].map((own) => own.request)).size).toBe(open);
        expect(proposals.length + unmatched.length).toBe(open);
        for (const own of proposals) {
          const who = records.volunteers.find(({ ref }) => ref === own.volunteer)!;
          const asked = records.requests.find(({ ref }) => ref === own.request)!;
          const decided = records.decisions.findLast(
            (one) => one.request === own.request && one.volunteer === own.volunteer,
          );
          expect(decided).toBeUndefined();
          expect(who.vettedOn).toBe(today - 100);
          const named = who.skills.filter((skill) => skill.startsWith('shift:'));
          if (asked.needs.includes('language:pl')) expect(who.skills).toContain('language:pl');
          if (asked.needs.includes('shift:night') && named.length > 0) expect(named).toContain('shift:night');
          if (asked.needs.includes('conflict:North')) expect(who.base).not.toBe('North');
          if (who.skills.includes('conflict:South')) expect(asked.area).not.toBe('South');
        }
        for (const { ref, capacity } of records.volunteers) {
          const own = proposals.filter((proposal) => proposal.volunteer === ref);
          const seen = records.contacts.filter((one) => one.volunteer === ref && one.day > today - 28);
          const inUse = new Set(seen.map(({ token }) => token)).size;
          if (own.length > 0) expect(own.length + inUse).toBeLessThanOrEqual(capacity);
        }
        proposed += proposals.length;
      }),
      { seed: 12, numRuns: 500 },
    );
    expect(proposed).toBeGreaterThan(100);
  });
});
