export const leastCharacters = 15;
export const mostCharacters = 128;

export type Guidance = {
  /** 0 to 1, for a bar. */
  readonly share: number;
  readonly level: 'short' | 'enough' | 'good';
  readonly words: string;
  readonly acceptable: boolean;
};

/** Characters as people count them, not UTF-16 units. */
function lengthOf(passphrase: string): number {
  return [...passphrase].length;
}

function repeatsItself(passphrase: string): boolean {
  const characters = new Set(passphrase.toLowerCase());
  return characters.size < 6 || /^(.{1,6})\1+$/u.test(passphrase);
}

/** Guidance by length alone (ASVS 5.0 V6.2): no composition rules; the engine also refuses well-known passphrases. */
export function guidePassphrase(passphrase: string): Guidance {
  const length = lengthOf(passphrase);
  if (length === 0) {
    return {
      share: 0,
      level: 'short',
      words: `At least ${leastCharacters} characters. Four or five unrelated words work well.`,
      acceptable: false,
    };
  }
  if (length < leastCharacters) {
    const missing = leastCharacters - length;
    return {
      share: length / 30,
      level: 'short',
      words: `${missing} more ${missing === 1 ? 'character' : 'characters'} needed.`,
      acceptable: false,
    };
  }
  if (length > mostCharacters) {
    return { share: 1, level: 'short', words: `At most ${mostCharacters} characters.`, acceptable: false };
  }
  if (repeatsItself(passphrase)) {
    return {
      share: 0.4,
      level: 'short',
      words: 'Long enough, but it repeats itself. Use words that do not belong together.',
      acceptable: false,
    };
  }
  if (length < 20)
    return {
      share: length / 30,
      level: 'enough',
      words: 'Long enough. Another word makes it stronger.',
      acceptable: true,
    };
  return { share: Math.min(1, length / 30), level: 'good', words: 'Good length.', acceptable: true };
}
