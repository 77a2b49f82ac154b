import { describe, expect, it } from 'vitest';
import { newSigningPair } from '#main/crypto/sign.ts';
import { readBundle, type SignedBundle, writeBundle } from '#main/services/sharing/bundle-file.ts';
import { checkBundles, type TrustedKeys } from '#main/services/sharing/check-bundles.ts';
import { definitionOf } from '#main/services/sharing/definitions.ts';
import type { BundleBody } from '#shared/domain/bundle.ts';
import type { AppError } from '#shared/domain/result.ts';
import { bodyOf, drawForces } from '../../../fixtures/drawn-forces.ts';

const [first, second] = drawForces(2, 11, { slope: 0.1, between: 0, bend: 0 }).map(bodyOf) as [BundleBody, BundleBody];

function signed(body: BundleBody, name: string, pair = newSigningPair()): SignedBundle {
  const read = readBundle(name, Buffer.from(writeBundle(body, pair)));
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

function trustOf(bundles: readonly SignedBundle[]): TrustedKeys {
  return Object.fromEntries(bundles.map(({ body, fingerprint }) => [body.force, fingerprint]));
}

/** The refusal of a second bundle beside a sound first one. */
function refusalOf(body: BundleBody, trusted?: TrustedKeys): AppError {
  const bundles = [signed(first, 'first.bundle'), signed(body, 'second.bundle')];
  const checked = checkBundles(bundles, trusted ?? trustOf(bundles));
  if (checked.ok) throw new Error('nothing was refused');
  return checked.error;
}

describe('bundles that are to be pooled', () => {
  it('pass where each is sound, in the order of their forces', () => {
    const bundles = [signed(second, 'second.bundle'), signed(first, 'first.bundle')];
    const checked = checkBundles(bundles, trustOf(bundles));
    expect(checked.ok && checked.value.map(({ name }) => name)).toEqual(['first.bundle', 'second.bundle']);
  });

  it('are refused by a key that nobody has named, and by another key than the one named', () => {
    const bundles = [signed(first, 'first.bundle')];
    const unknown = checkBundles(bundles, {});
    expect(unknown.ok ? '' : unknown.error.message).toMatch(/first\.bundle.*nobody has named/);
    const other = checkBundles(bundles, { [first.force]: signed(first, 'other.bundle').fingerprint });
    expect(other.ok ? '' : other.error.message).toMatch(/first\.bundle.*but the key of/);
  });

  it('are refused with a definition of another version, which is named with what differs', () => {
    const [caseness, ...others] = second.definitions;
    const later = definitionOf({ ...caseness!, version: 2, says: { ...caseness!.says, threshold: 12 } });
    const { code, message } = refusalOf({ ...second, definitions: [later, ...others] });
    expect(code).toBe('BAD_FILE');
    expect(message).toMatch(/second\.bundle.*indicator:caseness.*first\.bundle.*version 2, not 1.*threshold/);
  });

  it('are refused with a definition that does not have the hash of its words, or is not there', () => {
    const [caseness, ...others] = second.definitions;
    const forged = { ...caseness!, says: { ...caseness!.says, times: 1 } };
    expect(refusalOf({ ...second, definitions: [forged, ...others] }).message).toMatch(/second\.bundle.*hash/);
    expect(refusalOf({ ...second, definitions: others }).message).toMatch(/second\.bundle.*does not define/);
  });

  it('are refused with a small cell, which is named: a few cases, all but a few, few people, and a rest that follows', () => {
    const [caseness, rate] = second.indicators;
    const withMonth = (numerator: number, denominator: number): BundleBody => ({
      ...second,
      indicators: [{ ...caseness!, months: [{ month: '2021-03', numerator, denominator }] }, rate!],
    });
    for (const body of [withMonth(3, 40), withMonth(37, 40), withMonth(9, 9)]) {
      const { code, message } = refusalOf(body);
      expect(code).toBe('DISCLOSURE');
      expect(message).toMatch(/second\.bundle.*indicator:caseness in 2021-03/);
    }
    expect(refusalOf({ ...second, curves: [{ ...second.curves[0]!, people: 9 }] }).code).toBe('DISCLOSURE');
    const exposures = {
      definition: 'exposures:count-v1',
      events: 100,
      people: 50,
      months: [
        { month: '2021-01', count: 60 },
        { month: '2021-02', count: null },
      ],
      categories: [{ category: 'RTC_FATAL', count: 100 }],
    };
    const says = definitionOf({ id: 'exposures:count-v1', kind: 'exposures', version: 1, says: {} });
    const follows = refusalOf({ ...second, exposures, definitions: [...second.definitions, says] });
    expect(follows.code).toBe('DISCLOSURE');
    expect(follows.message).toMatch(/second\.bundle.*subtraction/);
  });

  it('are refused where a force, a key or its data would count twice', () => {
    expect(refusalOf({ ...second, force: first.force.toUpperCase() }).message).toMatch(
      /second\.bundle.*the same force/,
    );
    expect(refusalOf({ ...second, snapshot: first.snapshot }).message).toMatch(/second\.bundle.*the same data/);
    const pair = newSigningPair();
    const bundles = [signed(first, 'first.bundle', pair), signed(second, 'second.bundle', pair)];
    const checked = checkBundles(bundles, trustOf(bundles));
    expect(checked.ok ? '' : checked.error.message).toMatch(/second\.bundle.*the same key/);
  });

  it('are refused with months twice or outside the period, and with errors that no estimate can have', () => {
    const [caseness, rate] = second.indicators;
    const month = caseness!.months.find(({ numerator }) => numerator !== null) ?? caseness!.months[0]!;
    const twice = { ...caseness!, months: [month, month] };
    expect(refusalOf({ ...second, indicators: [twice, rate!] }).message).toMatch(/second\.bundle.*twice/);
    expect(refusalOf({ ...second, to: '2021-06-30' }).message).toMatch(/second\.bundle.*outside its period/);
    const [curve] = second.curves;
    const covariance = curve!.covariance.map((row, i) => row.map((value, j) => (i === 0 && j === 0 ? -value : value)));
    expect(refusalOf({ ...second, curves: [{ ...curve!, covariance }] }).message).toMatch(/second\.bundle.*errors/);
  });
});
