import { describe, expect, it } from 'vitest';
import { checkPassphrase } from '#main/services/vault/passphrase-policy.ts';

const accepted = async (text: string): Promise<boolean> => (await checkPassphrase(text)).ok;

describe('the passphrase policy', () => {
  it('asks for 15 to 128 characters, counted as people count them', async () => {
    expect(await accepted('abcdefghijklmn')).toBe(false);
    expect(await accepted('kestrel outwits')).toBe(true);
    expect(await accepted('🐟🦀🐚🌊⚓🛟⛵🚤🐬🐳🦈🐙🦑🦐🪼')).toBe(true);
    expect(await accepted('🐟🦀🐚🌊⚓🛟⛵')).toBe(false);
    const long = 'kestrels outwit harbour pilots near seven lamps '.repeat(3);
    expect(await accepted(long.slice(0, 128))).toBe(true);
    expect(await accepted(long.slice(0, 129))).toBe(false);
  });

  it('has no rules on composition, and takes spaces and any script', async () => {
    for (const text of [
      'lowercase words only here',
      '918273645546372',
      'ΜΑΚΡΙΑ ΦΡΑΣΗ ΕΔΩ',
      '   leading and trailing   ',
    ]) {
      expect(await accepted(text), text).toBe(true);
    }
  });

  it('refuses what attackers try first, in any case, and one unit written over and over', async () => {
    for (const text of [
      'passwordpassword',
      'PASSWORDPASSWORD',
      'aaaaaaaaaaaaaaaaaaaa',
      'abcabcabcabcabc',
      '121212121212121212',
    ]) {
      expect(await checkPassphrase(text), text).toMatchObject({ ok: false, error: { code: 'WEAK_PASSPHRASE' } });
    }
    const result = await checkPassphrase('short');
    expect(result.ok ? '' : result.error.message).toBe('The passphrase has 5 characters; it needs at least 15.');
  });
});
