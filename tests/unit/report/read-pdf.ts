import { inflateSync } from 'node:zlib';

/** A reader of our own PDFs, just able enough to say what a page shows; it shares no code with the writer. */
export type ReadPdf = {
  /** The file as Latin-1, for looking at its dictionaries. */
  readonly raw: string;
  /** Content of each page, inflated, in order. */
  readonly pages: readonly string[];
  /** All words shown, in drawing order, without spaces. */
  readonly text: string;
};

function objectsOf(raw: string): Map<number, string> {
  const objects = new Map<number, string>();
  for (const match of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(Number(match[1]), match[2]!);
  return objects;
}

function streamOf(object: string): string {
  const start = object.indexOf('stream\n') + 'stream\n'.length;
  const bytes = Buffer.from(object.slice(start, object.lastIndexOf('\nendstream')), 'latin1');
  return object.includes('/FlateDecode') ? inflateSync(bytes).toString('latin1') : bytes.toString('latin1');
}

function unicodeOf(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}

/** Glyph number to characters, from a ToUnicode map written as ranges with lists. */
function mapOf(cmap: string): Map<number, string> {
  const map = new Map<number, string>();
  for (const range of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    const first = Number.parseInt(range[1]!, 16);
    [...range[2]!.matchAll(/<([0-9a-f ]*)>/g)].forEach((each, index) => {
      map.set(first + index, unicodeOf(each[1]!.replaceAll(' ', '')));
    });
  }
  return map;
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const raw = Buffer.from(bytes).toString('latin1');
  const objects = objectsOf(raw);
  const fonts = new Map<string, Map<number, string>>();
  for (const match of raw.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const reference = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(match[2])) ?? '');
    if (reference) fonts.set(match[1]!, mapOf(streamOf(objects.get(Number(reference[1]))!)));
  }
  const pageNumbers = [
    ...(/\/Type \/Pages[\s\S]*?\/Kids \[([^\]]*)\]/.exec(raw)?.[1] ?? kids(raw)).matchAll(/(\d+) 0 R/g),
  ];
  const pages = pageNumbers.map((match) => {
    const contents = /\/Contents (\d+) 0 R/.exec(objects.get(Number(match[1]))!)![1]!;
    return streamOf(objects.get(Number(contents))!);
  });
  let text = '';
  for (const page of pages) {
    let font = new Map<number, string>();
    for (const match of page.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (match[1] !== undefined) font = fonts.get(match[1]) ?? font;
      else
        for (const run of match[2]!.matchAll(/<([0-9a-f]+)>/g)) {
          for (const glyph of run[1]!.match(/.{4}/g) ?? []) text += font.get(Number.parseInt(glyph, 16)) ?? '\ufffd';
        }
    }
  }
  return { raw, pages, text: text.replace(/\s/g, '') };
}

function kids(raw: string): string {
  return /\/Kids \[([^\]]*)\]/.exec(raw)?.[1] ?? '';
}
