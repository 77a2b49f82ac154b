import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

/** A reader of our own Word files, just able enough to say what they hold; it shares no code with the writer. */
export type ReadDocx = {
  readonly parts: ReadonlyMap<string, string>;
  readonly names: readonly string[];
  readonly paragraphs: readonly ReadParagraph[];
  readonly tables: readonly ReadTable[];
};

export type ReadParagraph = { readonly style: string; readonly text: string };
export type ReadTable = {
  readonly name: string;
  readonly repeated: number;
  readonly rows: readonly (readonly string[])[];
};

/** All that a reader sees, in order; what a field shows and not its code. */
export function readDocx(bytes: Uint8Array): ReadDocx {
  const files = unzipSync(bytes);
  const names = Object.keys(files);
  const parts = new Map(
    names.filter((name) => /\.(xml|rels)$/.test(name)).map((name) => [name, strFromU8(files[name]!)]),
  );
  for (const [, xml] of parts) elementsOf(xml);
  const paragraphs: ReadParagraph[] = [];
  const tables: { name: string; repeated: number; rows: string[][] }[] = [];
  let [style, text, shown, inCell] = ['', '', false, false];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const value = attributes['w:val'] as string | undefined;
    if (name === 'w:p') [style, text] = ['Normal', ''];
    else if (name === 'w:pStyle') style = value ?? '';
    else if (name === 'w:t') shown = true;
    // With a position it is a tab stop, in the properties of the paragraph.
    else if ((name === 'w:tab' && !('w:pos' in attributes)) || name === 'w:br') text += ' ';
    else if (name === 'w:tbl') tables.push({ name: '', repeated: 0, rows: [] });
    else if (name === 'w:tr') tables.at(-1)!.rows.push([]);
    else if (name === 'w:tc') inCell = tables.at(-1)!.rows.at(-1)!.push('') > 0;
    else if (name === 'w:tblCaption') tables.at(-1)!.name = value ?? '';
    else if (name === 'w:tblHeader') tables.at(-1)!.repeated += 1;
  });
  parser.on('text', (words) => {
    if (shown) text += words;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') shown = false;
    if (name === 'w:tc') inCell = false;
    if (name !== 'w:p') return;
    const row = tables.at(-1)?.rows.at(-1);
    if (inCell && row) row[row.length - 1] = `${row.at(-1)} ${text}`.trim();
    else paragraphs.push({ style, text });
  });
  parser.write(parts.get('word/document.xml')!).close();
  return { parts, names, paragraphs, tables };
}

/** Every element of a part with its attributes; throws where the part is not well-formed. */
export function elementsOf(
  xml: string,
): readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] {
  const found: { name: string; attributes: Readonly<Record<string, string>> }[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    found.push({ name, attributes: attributes as Record<string, string> });
  });
  parser.write(xml).close();
  return found;
}
