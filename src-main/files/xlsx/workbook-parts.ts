import { posix } from 'node:path';
import { type Archive, macros } from './archive.ts';
import { builtinFormat, formatOfCode, type NumberFormat } from './number-formats.ts';
import { damagedWorkbook, refusedWorkbook } from './refusals.ts';
import { attribute, readXml } from './xml.ts';

export type SheetPart = {
  readonly name: string;
  /** Name of the part in the archive. */
  readonly part: string;
  readonly hidden: boolean;
};

export type WorkbookParts = {
  readonly sheets: readonly SheetPart[];
  /** Whether days are counted from 1904, as Excel for Mac once did. */
  readonly is1904: boolean;
  readonly sharedStrings: string | null;
  /** Formats of cells by their style. */
  readonly formats: readonly NumberFormat[];
};

/** Beyond what any program writes; keeps what is remembered of a part small. */
const mostItems = 70_000;
const longestName = 1_000;

type Relationship = { readonly type: string; readonly target: string };

/** What the workbook names, by its relationships: where its sheets, styles and shared strings are. */
export async function readWorkbookParts(archive: Archive): Promise<WorkbookParts> {
  refuseOtherPackages(archive);
  const main = mainPart(await relationships(archive, '_rels/.rels', '', false));
  await refuseOtherMainPart(archive, main);
  const folder = posix.dirname(main);
  const links = await relationships(archive, `${folder}/_rels/${posix.basename(main)}.rels`, folder, true);
  const { listed, is1904 } = await readWorkbook(archive, main);
  const sheets = listed.flatMap(({ id, name, hidden }) => {
    const link = links.get(id);
    if (!link) throw damagedWorkbook('a sheet that it lists is missing');
    return link.type === 'worksheet' ? [{ name, hidden, part: link.target }] : [];
  });
  const partOf = (type: string): string | null => {
    const found = [...links.values()].find((link) => link.type === type);
    return found && archive.has(found.target) ? found.target : null;
  };
  const styles = partOf('styles');
  return {
    sheets,
    is1904,
    sharedStrings: partOf('sharedStrings'),
    formats: styles === null ? [] : await readFormats(archive, styles),
  };
}

function refuseOtherPackages(archive: Archive): void {
  const others: readonly (readonly [start: string, what: string, hint: string])[] = [
    ['xl/workbook.bin', 'a binary workbook (.xlsb)', 'Save it as an ordinary workbook (.xlsx).'],
    ['content.xml', 'an OpenDocument file (.ods)', 'Save it as a workbook (.xlsx), or the table as CSV in UTF-8.'],
    ['word/document.xml', 'a Word document', 'Save its table as CSV in UTF-8.'],
    ['ppt/presentation.xml', 'a presentation', 'Ask for the table itself, as a workbook or CSV.'],
  ];
  for (const [part, what, hint] of others) {
    if (archive.has(part)) throw refusedWorkbook(`This is ${what}, not an .xlsx workbook.`, hint);
  }
  if (archive.has('[Content_Types].xml') && archive.has('_rels/.rels')) return;
  throw refusedWorkbook('This is a zip archive, not an .xlsx workbook.', 'Unpack it and choose the file in it.');
}

/** Target of a relationship as the name of a part. Nothing is opened by it but a part of the same archive. */
function partName(folder: string, target: string): string {
  const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
  return posix.normalize(path);
}

async function relationships(
  archive: Archive,
  part: string,
  folder: string,
  internalOnly: boolean,
): Promise<Map<string, Relationship>> {
  const found = new Map<string, Relationship>();
  await readXml(archive.read(part), {
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      if (found.size >= mostItems) throw damagedWorkbook('it names far too many parts');
      const type = attribute(attributes, 'Type');
      if (type.endsWith('/externalLink')) throw externalLink();
      if (attribute(attributes, 'TargetMode') === 'External') {
        if (internalOnly) throw externalLink();
        return;
      }
      const target = partName(folder, attribute(attributes, 'Target').slice(0, longestName));
      found.set(attribute(attributes, 'Id'), { type: type.slice(type.lastIndexOf('/') + 1), target });
    },
  });
  return found;
}

function externalLink() {
  return refusedWorkbook(
    'The workbook is linked to something outside itself.',
    'In Excel choose Data, Edit Links, Break Link, save it, and try again.',
  );
}

function mainPart(links: ReadonlyMap<string, Relationship>): string {
  for (const { type, target } of links.values()) if (type === 'officeDocument') return target;
  throw damagedWorkbook('it does not say where its sheets are');
}

async function refuseOtherMainPart(archive: Archive, main: string): Promise<void> {
  let own = '';
  await readXml(archive.read('[Content_Types].xml'), {
    open: (name, attributes) => {
      const type = attribute(attributes, 'ContentType');
      if (/vbaProject|macroEnabled|macrosheet/i.test(type)) throw macros();
      if (name === 'Override' && partName('', attribute(attributes, 'PartName')).toLowerCase() === main.toLowerCase()) {
        own = type;
      }
    },
  });
  if (own !== '' && !/spreadsheetml\.(?:sheet|template)\.main\+xml$/.test(own)) {
    throw refusedWorkbook('This is an Office file, but not an .xlsx workbook.', 'Save the table as .xlsx or CSV.');
  }
}

async function readWorkbook(archive: Archive, main: string) {
  const listed: { readonly id: string; readonly name: string; readonly hidden: boolean }[] = [];
  let is1904 = false;
  let root = '';
  await readXml(archive.read(main), {
    open: (name, attributes) => {
      root ||= name;
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904'));
      if (name !== 'sheet') return;
      if (listed.length >= mostItems) throw damagedWorkbook('it lists far too many sheets');
      listed.push({
        id: Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '',
        name: attribute(attributes, 'name').slice(0, longestName),
        hidden: /hidden$/i.test(attribute(attributes, 'state')),
      });
    },
  });
  if (root !== 'workbook') throw damagedWorkbook('it does not list its sheets');
  return { listed, is1904 };
}

async function readFormats(archive: Archive, part: string): Promise<NumberFormat[]> {
  const custom = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  let within = '';
  await readXml(archive.read(part), {
    open: (name, attributes) => {
      if (name === 'numFmts' || name === 'cellXfs') within = name;
      if (name === 'numFmt' && within === 'numFmts' && custom.size < mostItems) {
        custom.set(Number(attribute(attributes, 'numFmtId')), formatOfCode(attribute(attributes, 'formatCode')));
      }
      if (name === 'xf' && within === 'cellXfs') {
        if (formats.length >= mostItems) throw damagedWorkbook('it has far too many styles');
        const id = Number(attribute(attributes, 'numFmtId'));
        formats.push(custom.get(id) ?? builtinFormat(id));
      }
    },
    close: (name) => {
      if (name === within) within = '';
    },
  });
  return formats;
}
