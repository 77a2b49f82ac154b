import { describe, expect, it } from 'vitest';
import { fingerprintOf, newSigningPair } from '#main/crypto/sign.ts';
import type { ReportManifest } from '#main/report/manifest.ts';
import { type ExpectedKey, judgeSignature } from '#main/services/reports/verify/judge-signature.ts';
import { signManifest } from '#main/services/signing/index.ts';

const [own, other] = [newSigningPair(), newSigningPair()];
const [ownPrint, otherPrint] = [fingerprintOf(own.publicKey), fingerprintOf(other.publicKey)];
const expected: ExpectedKey = { named: null, own: [ownPrint], isKnown: true };
const text = '{"a":1}\n';

function judged(signature: string | null, asked: Partial<ExpectedKey> = {}, signedBy?: string, of = text) {
  const run = { builtBy: '', builtAt: '', auditHead: '', ...(signedBy === undefined ? {} : { signedBy }) };
  const kept = { manifest: { run } as ReportManifest, bytes: Buffer.from(of), signature };
  const { signature: says, differences } = judgeSignature(kept, { ...expected, ...asked });
  return { ...says, where: differences.map(({ where }) => where), what: differences.map(({ what }) => what).join() };
}

describe('judgeSignature', () => {
  it('takes the key of the vault, one that it had before, or the one that is named', () => {
    const [byOwn, byOther] = [signManifest(text, own), signManifest(text, other)];
    expect(judged(byOwn, {}, ownPrint)).toMatchObject({ state: 'valid', fingerprint: ownPrint, where: [] });
    expect(judged(byOwn, { own: [otherPrint, ownPrint] })).toMatchObject({ state: 'valid', where: [] });
    expect(judged(byOther, { named: otherPrint })).toMatchObject({ state: 'valid', where: [] });
  });

  it('names the key of another vault, and one that is not the one that was named or that the manifest names', () => {
    const [byOwn, byOther] = [signManifest(text, own), signManifest(text, other)];
    expect(judged(byOther)).toMatchObject({ state: 'other-key', where: ['signature.json'] });
    expect(judged(byOther).what).toContain(`another vault’s key, ${otherPrint}`);
    expect(judged(byOwn, { named: otherPrint })).toMatchObject({ state: 'other-key', fingerprint: ownPrint });
    expect(judged(byOwn, {}, otherPrint).what).toContain(`names ${otherPrint}`);
  });

  it('tells a changed manifest from a changed signature by what the vault remembers', () => {
    const signature = signManifest('{"a":2}\n', own);
    expect(judged(signature, { isKnown: false })).toMatchObject({
      state: 'changed',
      where: ['manifest.json'],
      what: 'The manifest was changed after it was signed.',
    });
    expect(judged(signature)).toMatchObject({ state: 'changed', where: ['signature.json'] });
    expect(judged('no signature')).toMatchObject({ state: 'changed', fingerprint: null, where: ['signature.json'] });
  });

  it('misses a signature where the manifest names a key or somebody does, and nowhere else', () => {
    expect(judged(null, {}, ownPrint)).toMatchObject({ state: 'missing', where: ['signature.json'] });
    expect(judged(null, { named: ownPrint })).toMatchObject({ state: 'missing' });
    expect(judged(null)).toMatchObject({ state: 'none', where: [] });
  });
});
