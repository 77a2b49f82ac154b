import { describe, expect, it } from 'vitest';
import { type ConsentStatement, consentOf, type EnrolmentConsent } from '#shared/domain/pilot-consent.ts';
import { enrolmentStateOf } from '#shared/domain/pilot-enrolment.ts';

const nothing: EnrolmentConsent = { consentedDay: null, withdrawnDay: null, earlierWithdrawnDay: null };

function said(kind: ConsentStatement['kind'], day: number, isDataUsed = true): ConsentStatement {
  return { kind, day, isDataUsed };
}

function holds(extract: Partial<EnrolmentConsent>, ...statements: readonly ConsentStatement[]) {
  return consentOf({ ...nothing, ...extract }, statements);
}

describe('consent', () => {
  it('is what an extract says, or what was recorded here', () => {
    const given = { consentedDay: 10, withdrawnDay: null, isDataUsed: true, isContradicted: false };
    expect(holds({ consentedDay: 10 })).toEqual(given);
    expect(holds({}, said('consent', 10))).toEqual(given);
    expect(holds({ consentedDay: 10 }, said('consent', 12))).toEqual(given);
    expect(holds({})).toMatchObject({ consentedDay: null, withdrawnDay: null });
  });

  it('ends with a withdrawal of either, from the first day on which it was said', () => {
    expect(holds({ consentedDay: 10, withdrawnDay: 20 }).withdrawnDay).toBe(20);
    expect(holds({ consentedDay: 10 }, said('withdrawal', 15)).withdrawnDay).toBe(15);
    expect(holds({ consentedDay: 10, withdrawnDay: 20 }, said('withdrawal', 15)).withdrawnDay).toBe(15);
    expect(holds({ consentedDay: 10 }, said('withdrawal', 10)).withdrawnDay).toBe(10);
  });

  it('is given anew only here, and on a later day', () => {
    expect(holds({ consentedDay: 10, withdrawnDay: 20 }, said('consent', 21))).toMatchObject({
      consentedDay: 10,
      withdrawnDay: null,
    });
    expect(holds({ consentedDay: 10, withdrawnDay: 20 }, said('consent', 20)).withdrawnDay).toBe(20);
    const [left, back] = [said('withdrawal', 15, false), said('consent', 15)];
    expect(holds({ consentedDay: 10 }, left, back)).toMatchObject({ withdrawnDay: null, isDataUsed: true });
  });

  it('is not brought back by an extract that says or leaves out something else', () => {
    const later = holds({ consentedDay: 30 }, said('withdrawal', 15, false));
    expect(later).toMatchObject({ withdrawnDay: 15, isDataUsed: false, isContradicted: true });
    const leftOut = holds({ consentedDay: 10, earlierWithdrawnDay: 20 });
    expect(leftOut).toMatchObject({ withdrawnDay: 20, isContradicted: true });
    const settled = holds({ consentedDay: 10, earlierWithdrawnDay: 20 }, said('consent', 25));
    expect(settled).toMatchObject({ withdrawnDay: null, isContradicted: false });
    const corrected = holds({ consentedDay: 10, withdrawnDay: 22, earlierWithdrawnDay: 20 });
    expect(corrected).toMatchObject({ withdrawnDay: 22, isContradicted: false });
  });

  it('lets whoever withdrew ask later that nothing of theirs is used', () => {
    const asked = holds({ consentedDay: 10, withdrawnDay: 20 }, said('withdrawal', 25, false));
    expect(asked).toMatchObject({ withdrawnDay: 20, isDataUsed: false });
    expect(holds({ consentedDay: 10 }, said('withdrawal', 15, false), said('withdrawal', 16)).isDataUsed).toBe(false);
  });
});

describe('how far somebody has come', () => {
  const standing = { eligibleDay: 5, consentedDay: 10, withdrawnDay: null, arm: null, notEnrolledReason: null };
  const state = (given: Partial<Parameters<typeof enrolmentStateOf>[0]>, day = 50, isDrawn = true) =>
    enrolmentStateOf({ ...standing, ...given }, day, isDrawn);

  it('is one of six, on a day', () => {
    expect(state({})).toBe('waiting');
    expect(state({}, 50, false)).toBe('taking part');
    expect(state({ arm: 'sessions' })).toBe('taking part');
    expect(state({}, 7)).toBe('no consent');
    expect(state({ consentedDay: null, arm: 'sessions' })).toBe('no consent');
    expect(state({}, 3)).toBe('not eligible yet');
    expect(state({ eligibleDay: null })).toBe('not eligible yet');
    expect(state({ withdrawnDay: 50, arm: 'sessions' })).toBe('withdrawn');
    expect(state({ withdrawnDay: 51, arm: 'sessions' })).toBe('taking part');
    expect(state({ notEnrolledReason: 'declined', withdrawnDay: 20 })).toBe('not enrolled');
  });
});
