// Widths in em for IBM Plex Sans, rounded up, by kind of character: enough to leave room, not to set type.
const narrow = /[ijl.,:;'|!()[\]ftrI\u2009]/;
const wide = /[mwMW@%\u2014]/;
const capital = /[A-Z0-9&+<>=\u2212\u2013]/;

/** About how wide a line of text is, in the unit of `fontSize`. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const character of text) {
    if (character === ' ') em += 0.26;
    else if (narrow.test(character)) em += 0.36;
    else if (wide.test(character)) em += 0.92;
    else if (capital.test(character)) em += 0.66;
    else em += (character.codePointAt(0) ?? 0) > 0x2fff ? 1 : 0.58;
  }
  return em * fontSize;
}

/** The text, or as much of it as fits with an ellipsis. */
export function shortened(text: string, fontSize: number, most: number): string {
  if (textWidth(text, fontSize) <= most) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join('')}\u2026`, fontSize) > most) characters.pop();
  return `${characters.join('').trimEnd()}\u2026`;
}
