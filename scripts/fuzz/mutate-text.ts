import type { RandomStream } from '../../src-shared/domain/random.ts';

export function pick<T>(random: RandomStream, from: readonly T[]): T {
  return from[random.nextBelow(from.length)] as T;
}

/** Numbers and texts at which readers break. */
export const troublesome: readonly string[] = [
  '0',
  '-1',
  '1e308',
  '1e-400',
  '9007199254740993',
  '4294967296',
  '2147483648',
  'NaN',
  'Infinity',
  '',
  '\0',
  '\ufeff',
  '\ufffd',
  '\ud83d',
  '\u202e',
  '__proto__',
  'constructor',
  '=1+1',
  '../../etc/passwd',
  '<script>',
  '31/12/9999',
  '2026-02-30',
];

/** One change to bytes: a flip, a cut, a repeat, a swap, or something put in. */
export function mutateBytes(random: RandomStream, bytes: Buffer, words: readonly string[]): Buffer {
  const length = Math.max(1, bytes.length);
  const at = random.nextBelow(length);
  const span = 1 + random.nextBelow(Math.max(1, Math.min(length - at, 1 << random.nextBelow(12))));
  const before = bytes.subarray(0, at);
  const part = bytes.subarray(at, at + span);
  const behind = bytes.subarray(at + span);
  switch (random.nextBelow(8)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (flipped.length > 0) flipped[at] = (flipped[at] as number) ^ (1 << random.nextBelow(8));
      return flipped;
    }
    case 1: {
      const noise = Buffer.from(Array.from({ length: Math.min(span, 64) }, () => random.nextBelow(256)));
      return Buffer.concat([before, noise, behind]);
    }
    case 2:
      return Buffer.concat([before, behind]);
    case 3:
      return Buffer.concat([before, part, part, behind]);
    case 4:
      return Buffer.from(before);
    case 5:
      return Buffer.concat([behind, part, before]);
    case 6:
      return Buffer.concat([before, Buffer.from(pick(random, [...words, ...troublesome])), bytes.subarray(at)]);
    default:
      return Buffer.concat([before, Buffer.alloc(span, random.nextBelow(256)), behind]);
  }
}

/** One change to the structure of a text: lines lost, doubled, swapped; words of its format repeated, put in or taken out. */
export function mutateText(random: RandomStream, text: string, words: readonly string[]): string {
  const lines = text.split(/(?<=\n)/);
  const at = random.nextBelow(lines.length);
  switch (random.nextBelow(8)) {
    case 0:
      return [...lines.slice(0, at), ...lines.slice(at + 1)].join('');
    case 1:
      return [...lines.slice(0, at + 1), lines[at] ?? '', ...lines.slice(at + 1)].join('');
    case 2: {
      const other = random.nextBelow(lines.length);
      const swapped = [...lines];
      [swapped[at], swapped[other]] = [lines[other] ?? '', lines[at] ?? ''];
      return swapped.join('');
    }
    case 3:
      return [...lines.slice(0, at), (lines[at] ?? '').replace(/\r?\n$/, ''), ...lines.slice(at + 1)].join('');
    case 4: {
      const word = pick(random, words);
      return lines
        .map((line, index) => (index === at ? word.repeat(1 + 4 ** random.nextBelow(8)) + line : line))
        .join('');
    }
    case 5: {
      const word = pick(random, words);
      const places = text.split(word);
      const skipped = 1 + random.nextBelow(Math.max(1, places.length - 1));
      return places.slice(0, skipped).join(word) + places.slice(skipped).join(pick(random, [...words, ...troublesome]));
    }
    case 6: {
      const numbers = [...text.matchAll(/\d+/g)];
      const found = numbers[random.nextBelow(Math.max(1, numbers.length))];
      if (!found) return text;
      return text.slice(0, found.index) + pick(random, troublesome) + text.slice(found.index + found[0].length);
    }
    default:
      return text.replaceAll('\n', pick(random, ['\r\n', '\r', '\n\n', ' ', '\n\r']));
  }
}

/** How many changes are made to an input: mostly few. */
export function changes(random: RandomStream): number {
  let count = 1;
  while (count < 12 && random.nextUniform() < 0.55) count += 1;
  return count;
}
