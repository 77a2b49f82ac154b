const pieceCharacters = 600;
const longestWord = 300;

/**
 * A long text of TeX in pieces, cut at spaces outside its brackets: what makes text of TeX takes a time that grows with the
 * square of the length.
 */
export function texPieces(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  let depth = 0;
  let cut = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === ' ' && depth === 0) cut = at;
    if (at - from < pieceCharacters) continue;
    // Without a place to cut it is no prose: what it says is kept, and its brackets are not.
    const end = cut > from ? cut : at + 1;
    pieces.push(text.slice(from, end));
    from = end;
    if (cut < end) depth = 0;
  }
  pieces.push(text.slice(from));
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/** Whether a piece is prose at all; a long run without a space is none, and is not worth the time. */
export function isProse(piece: string): boolean {
  return piece.length <= longestWord || piece.includes(' ');
}
