/** Letters that Unicode does not take apart into a letter and a mark. */
const spelledOut: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h' },
  ...{
    α: 'alpha',
    β: 'beta',
    γ: 'gamma',
    δ: 'delta',
    κ: 'kappa',
    λ: 'lambda',
    μ: 'mu',
    σ: 'sigma',
    χ: 'chi',
    ω: 'omega',
  },
};

const namedEntities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '-', mdash: '-', hellip: '…' },
  ...{ lsquo: "'", rsquo: "'", ldquo: '"', rdquo: '"', szlig: 'ß', oslash: 'ø', aelig: 'æ', eth: 'ð', thorn: 'þ' },
};

/** An entity such as `&eacute;` is its letter with a mark, which falls away anyway. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text
    .replace(/&amp;/gi, '&')
    .replace(/&#(x[0-9a-f]{1,6}|\d{1,7});/gi, (written, number: string) => {
      const code = /^x/i.test(number) ? Number.parseInt(number.slice(1), 16) : Number(number);
      return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : written;
    })
    .replace(/&([a-z]{2,8});/gi, (written, entity: string) => {
      const named = namedEntities[entity.toLowerCase()];
      if (named !== undefined) return named;
      return /^([a-z])(?:acute|grave|uml|circ|tilde|cedil|ring|caron)$/i.exec(entity)?.[1] ?? written;
    });
}

/** TeX that a program left in: accents in both forms, commands, braces. */
function withoutTex(text: string): string {
  if (!/[\\{}]/.test(text)) return text;
  return text
    .replace(/\\['"`^~=.]\s*\{?\s*\\?([a-z])\s*\}?/gi, '$1')
    .replace(/\\[cvuHkrdbt]\s*\{\s*\\?([a-z])\s*\}/gi, '$1')
    .replace(/\\(ss|ae|oe|o|l|aa)(?![a-z])\s*/gi, (_, letter: string) => (letter.toLowerCase() === 'aa' ? 'a' : letter))
    .replace(/\\(?:emph|textit|textbf|textsc|textrm|mathrm|textsuperscript|textsubscript)\b/g, '')
    .replace(/\\([&%$#_])/g, '$1')
    .replace(/[{}\\]/g, '');
}

/**
 * A title without what programs write differently: case, accents, marks, entities, tags, TeX, “&” for “and”. Words stay, with one
 * space between them; '' where nothing is left.
 */
export function plainTitle(title: string): string {
  const text = withoutTex(decodeEntities(title)).replace(/<\/?[a-z][^<>]{0,40}>/gi, '');
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßøæœłđðþıħαβγδκλμσχω]/gu, (letter) => spelledOut[letter] ?? letter)
    .replace(/&/g, ' and ')
    .replace(/['’‘`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether a title says itself that it was cut off. */
export function isCutOff(title: string): boolean {
  return /(?:\.\.\.|…|&hellip;)\s*$/.test(title);
}
