import { type Document, Packer } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

export type DocxProperties = {
  readonly title: string;
  readonly subject: string;
  readonly keywords: string;
  readonly language: string;
  /** ISO day: of the data, since who made the file and when is in the manifest. */
  readonly day: string;
};

const coreFile = 'docProps/core.xml';
const documentFile = 'word/document.xml';

/**
 * The file of a document, the same bytes for the same document. The library writes the time of packing into its
 * properties and its archive, and numbers bookmarks through the life of the process: all of that is written anew.
 */
export async function packDocx(document: Document, properties: DocxProperties): Promise<Uint8Array> {
  const parts = unzipSync(await Packer.toBuffer(document));
  const body = parts[documentFile];
  if (body === undefined) throw new Error('the document was packed without its text');
  const made: Record<string, Uint8Array> = {
    ...parts,
    [documentFile]: strToU8(withBookmarksNumbered(strFromU8(body))),
    [coreFile]: strToU8(coreXml(properties)),
  };
  const names = Object.keys(made).sort();
  const [year = 0, month = 1, day = 1] = properties.day.split('-').map(Number);
  // The archive keeps local time, so that a local noon is the same in every zone.
  const mtime = new Date(year, month - 1, day, 12);
  return zipSync(Object.fromEntries(names.map((name) => [name, made[name] ?? new Uint8Array()])), { mtime, level: 6 });
}

/** Bookmarks numbered from 1 in the order they begin, headings in that of the contents. Those of one number never overlap. */
function withBookmarksNumbered(xml: string): string {
  const headings = new Map<string, string>();
  const named = xml.replace(/\b_Toc\d+\b/g, (name) => {
    const known = headings.get(name) ?? `_Toc${headings.size + 1}`;
    headings.set(name, known);
    return known;
  });
  let count = 0;
  const open = new Map<string, number>();
  return named.replace(/<w:bookmark(Start|End)\b[^>]*>/g, (mark, edge: string) => {
    const given = /w:id="(-?\d+)"/.exec(mark)?.[1] ?? '';
    if (edge === 'Start') {
      count += 1;
      open.set(given, count);
    }
    return mark.replace(/w:id="-?\d+"/, `w:id="${open.get(given) ?? 0}"`);
  });
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function coreXml({ title, subject, keywords, language, day }: DocxProperties): string {
  const at = `${day}T00:00:00Z`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(title)}</dc:title><dc:subject>${escapeXml(subject)}</dc:subject><dc:creator>Tidemark</dc:creator><cp:keywords>${escapeXml(keywords)}</cp:keywords><cp:lastModifiedBy>Tidemark</cp:lastModifiedBy><cp:revision>1</cp:revision><dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified><dc:language>${language}</dc:language></cp:coreProperties>`;
}
