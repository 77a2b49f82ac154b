import { beforeAll, describe, expect, it } from 'vitest';
import { writePdf } from '#main/report/write-pdf.ts';
import { reference } from '#shared/report/compose-document.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { sampleDocument } from './sample-document.ts';

const linked: ReportDocument = {
  ...sampleDocument,
  sections: [
    ...sampleDocument.sections,
    {
      id: 'links',
      heading: 'Links',
      blocks: [
        { kind: 'heading', text: 'Under it' },
        { kind: 'heading', text: 'Under that', level: 2 },
        { kind: 'paragraph', text: ['Told in ', reference('method'), ' and ', reference('summary'), '.'] },
      ],
    },
  ],
};

let raw = '';
let objects: ReadonlyMap<string, string> = new Map();

/** Numbers of the objects that a key refers to, in a list or alone. */
function referred(object: string, key: string): readonly string[] {
  const list = new RegExp(`/${key} \\[?((?:\\d+ 0 R\\s*)+)`).exec(object)?.[1] ?? '';
  return [...list.matchAll(/(\d+) 0 R/g)].map((match) => match[1]!);
}

beforeAll(async () => {
  raw = Buffer.from(await writePdf(linked)).toString('latin1');
  objects = new Map(
    [...raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map((match) => [match[1]!, match[2]!]),
  );
});

const ofType = (pattern: RegExp): readonly (readonly [string, string])[] =>
  [...objects].filter(([, body]) => pattern.test(body));

describe('the structure of a PDF', () => {
  it('says that it is PDF/A-2a, with its colours, its id and nothing locked', () => {
    expect(raw).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(raw).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(raw).toMatch(/\/OutputIntents \[\d+ 0 R\]/);
    expect(raw).toMatch(/\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/);
    expect(raw).not.toMatch(/\/Encrypt\b|\/JavaScript\b|\/EmbeddedFile\b/);
  });

  it('goes down its headings level by level, and its bookmarks with them', () => {
    const roles = [...raw.matchAll(/\/S \/(H[1-6])\n/g)].map((match) => Number(match[1]!.slice(1)));
    expect(new Set(roles)).toEqual(new Set([1, 2, 3, 4]));
    const bookmarks = ofType(/\/Title \(/).filter(([, body]) => body.includes('/Parent'));
    const titled = (title: string): readonly [string, string] => {
      const found = bookmarks.find(([, body]) => body.includes(`/Title (${title})`));
      if (!found) throw new Error(`no bookmark of ${title}`);
      return found;
    };
    const [under] = titled('Links');
    expect(referred(titled('Under it')[1], 'Parent')).toEqual([under]);
  });

  it('has each link once, on its own page, printable, and under an element that a screen reader meets', () => {
    const links = ofType(/\/Subtype \/Link/);
    expect(links.length).toBeGreaterThan(sampleDocument.sections.length);
    const pageOf = new Map(
      ofType(/\/Type \/Page\n/).flatMap(([page, body]) =>
        referred(body, 'Annots').map((link) => [link, page] as const),
      ),
    );
    const inTree = new Map(
      [...raw.matchAll(/\/Type \/OBJR\n\/Obj (\d+) 0 R\n\/Pg (\d+) 0 R/g)].map((match) => [match[1]!, match[2]!]),
    );
    for (const [number, body] of links) {
      expect(body).toContain('/F 4');
      expect(body).toMatch(/\/StructParent \d+/);
      expect(inTree.get(number)).toBe(pageOf.get(number));
      expect(pageOf.get(number)).toBeDefined();
    }
    expect(inTree.size).toBe(links.length);
    const destinations = new Set([...raw.matchAll(/\/S \/GoTo\n\/D \(([^)]*)\)/g)].map((match) => match[1]!));
    for (const destination of destinations) expect(raw).toMatch(new RegExp(`\\(${destination}\\)\\s*\\[`));
  });

  it('gives every row of a table a header, and every header what it heads', () => {
    const rows = ofType(/\/S \/TR\n/);
    expect(rows.length).toBeGreaterThan(40);
    for (const [, body] of rows) {
      const cells = referred(body, 'K').map((cell) => objects.get(cell) ?? '');
      expect(cells.some((cell) => /\/S \/TH\n/.test(cell) && /\/Scope \/(Row|Column)/.test(cell))).toBe(true);
    }
  });
});
