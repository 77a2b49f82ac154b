import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCrockford, encodeCrockford } from '#main/crypto/crockford.ts';
import { formatRecoveryKey, newRecoverySecret, parseRecoveryKey } from '#main/crypto/recovery-key.ts';

describe('Crockford base 32', () => {
  it('spells bytes five bits at a time', () => {
    expect(encodeCrockford(Buffer.from([0xff]))).toBe('ZW');
    expect(encodeCrockford(Buffer.from([0, 0, 0, 0, 0]))).toBe('00000000');
    expect(encodeCrockford(Buffer.from('foobar'))).toBe('CSQPYRK1E8'); // RFC 4648 gives MZXW6YTBOI in its own alphabet
    expect(encodeCrockford(new Uint8Array(0))).toBe('');
  });

  it('comes back from every spelling of it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = encodeCrockford(bytes);
        expect(decodeCrockford(text)).toEqual(Buffer.from(bytes));
        const spoken = text.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll(/.{3}/g, '$& - ');
        expect(decodeCrockford(spoken)).toEqual(Buffer.from(bytes));
      }),
      { seed: 7, numRuns: 200 },
    );
    for (const foreign of ['U', 'u', '!', 'Ä', 'AB=']) expect(decodeCrockford(foreign)).toBeNull();
  });
});

describe('recovery keys', () => {
  const secret = newRecoverySecret();
  const text = formatRecoveryKey('vault-key', secret);

  it('can be typed as they are read, in groups of five', () => {
    expect(text).toMatch(/^vault-key [0-9A-Z]{5}(-[0-9A-Z]{5}){10}-[0-9A-Z]$/);
    expect(parseRecoveryKey('vault-key', text)).toEqual(secret);
    for (const typed of [
      text.toLowerCase(),
      `  ${text}\n`,
      text.replaceAll('-', ' ').replace('vault key', 'vault-key'),
      text.replace(' ', ': '),
    ]) {
      expect(parseRecoveryKey('vault-key', typed)).toEqual(secret);
    }
  });

  it('show every slip of one character, every pair exchanged, and the other kind', () => {
    const kind = 'vault-key ';
    const body = text.slice(kind.length);
    for (let at = 0; at < body.length; at += 1) {
      if (body[at] === '-') continue;
      const other = body[at] === '7' ? '8' : '7';
      // The last character carries one bit of the check; the bits behind it mean nothing.
      const slipped = parseRecoveryKey('vault-key', kind + body.slice(0, at) + other + body.slice(at + 1));
      if (at < body.length - 1) expect(slipped, `character ${at}`).toBeNull();
      const next = body[at + 1];
      if (next === undefined || next === '-' || next === body[at]) continue;
      const exchanged = kind + body.slice(0, at) + next + body[at] + body.slice(at + 2);
      expect(parseRecoveryKey('vault-key', exchanged)).toBeNull();
    }
    expect(parseRecoveryKey('clinic-key', text)).toBeNull();
    expect(parseRecoveryKey('clinic-key', text.replace('vault', 'clinic'))).toBeNull();
    for (const bad of ['', 'vault-key', text.slice(0, -3), `${text}A7`, body])
      expect(parseRecoveryKey('vault-key', bad)).toBeNull();
  });

  it('are never the same twice', () => {
    expect(newRecoverySecret()).not.toEqual(secret);
    expect(secret).toHaveLength(32);
  });
});
