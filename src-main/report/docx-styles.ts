import { BorderStyle, type IParagraphStyleOptions, type IStylesOptions, LineRuleType, ShadingType } from 'docx';
import type { CalloutBlock } from '#shared/report/document.ts';
import { hexOf, twips } from './docx-units.ts';
import { colours } from './pdf-nodes.ts';

/** A face that every desktop with Word has, and of which free offices have one as wide. */
const face = 'Arial';

/** What paragraphs are called in Word; whoever goes on writing finds these names in its list of styles. */
export const styleIds = {
  subtitle: 'Subtitle',
  lead: 'Lead',
  smallPrint: 'SmallPrint',
  contentsHeading: 'TOCHeading',
  bulletList: 'ListBullet',
  numberedList: 'ListNumber',
  caption: 'Caption',
  figureNote: 'FigureNote',
  dataCaption: 'DataCaption',
  tableText: 'TableText',
  tableHeading: 'TableHeading',
  tableNote: 'TableNote',
  keyFigure: 'KeyFigure',
  keyFigureLabel: 'KeyFigureLabel',
  term: 'Term',
  meaning: 'Meaning',
  header: 'Header',
  footer: 'Footer',
  table: 'TidemarkTable',
  headless: 'TidemarkList',
  strong: 'Strong',
  emphasis: 'Emphasis',
  code: 'Code',
  quiet: 'Quiet',
  changed: 'ChangedNumber',
  authored: 'Authored',
  authoredLabel: 'AuthoredLabel',
  authoredList: 'AuthoredList',
} as const;

export function calloutStyle(tone: CalloutBlock['tone']): string {
  return {
    finding: 'CalloutFinding',
    limits: 'CalloutLimits',
    synthetic: 'CalloutSynthetic',
    caution: 'CalloutCaution',
  }[tone];
}

const sizes = { body: 21, small: 17, table: 18 } as const;

type Spacing = { readonly before?: number; readonly after?: number; readonly line?: number };

function spacing({ before = 0, after = 0, line = 1.2 }: Spacing) {
  return { before: twips(before), after: twips(after), line: Math.round(240 * line), lineRule: LineRuleType.AUTO };
}

function heading(level: 0 | 1 | 2, sizePt: number, before: number) {
  return {
    run: { bold: true, size: sizePt * 2, color: hexOf(level === 2 ? colours.ink : colours.accent), font: face },
    paragraph: {
      keepNext: true,
      keepLines: true,
      outlineLevel: level,
      spacing: spacing({ before, after: 6, line: 1.1 }),
    },
  };
}

function callout(tone: CalloutBlock['tone'], name: string, fill: string): IParagraphStyleOptions {
  const edge = { style: BorderStyle.SINGLE, size: 24, space: 8, color: hexOf(colours[tone]) };
  return {
    id: calloutStyle(tone),
    name: `Callout ${name}`,
    basedOn: 'Normal',
    quickFormat: true,
    paragraph: {
      border: { left: edge },
      shading: { type: ShadingType.CLEAR, color: 'auto', fill: hexOf(fill) },
      indent: { left: twips(10), right: twips(6) },
      spacing: spacing({ after: 4 }),
      keepLines: true,
    },
  };
}

type Style = Omit<IParagraphStyleOptions, 'id' | 'basedOn'> & { readonly basedOn?: string };

function style(id: string, { basedOn = 'Normal', ...rest }: Style): IParagraphStyleOptions {
  return { id, basedOn, quickFormat: true, ...rest };
}

const muted = hexOf(colours.muted);

/** Marks of a list stand in as far as paragraphs do, so that the rule beside both is one. */
export const authoredListIndent = { left: twips(24), hanging: twips(14) } as const;

/** A rule beside what was written and not worked out. */
const authored = {
  border: { left: { style: BorderStyle.SINGLE, size: 8, space: 8, color: muted } },
  indent: { left: twips(10) },
  spacing: spacing({ after: 6 }),
};

const paragraphStyles: readonly IParagraphStyleOptions[] = [
  style(styleIds.subtitle, { name: 'Subtitle', run: { size: 28 }, paragraph: { spacing: spacing({ after: 20 }) } }),
  style(styleIds.lead, { name: 'Lead', run: { size: 24 }, paragraph: { spacing: spacing({ after: 9, line: 1.25 }) } }),
  style(styleIds.smallPrint, { name: 'Small print', run: { size: sizes.small, color: muted } }),
  style(styleIds.contentsHeading, {
    name: 'TOC Heading',
    run: { size: 26, bold: true },
    paragraph: { keepNext: true, spacing: spacing({ before: 12, after: 6 }) },
  }),
  style('TOC1', { name: 'toc 1', paragraph: { spacing: spacing({ after: 4 }) } }),
  style('TOC2', { name: 'toc 2', paragraph: { indent: { left: twips(12) }, spacing: spacing({ after: 2 }) } }),
  style(styleIds.bulletList, {
    name: 'List Bullet',
    paragraph: { numbering: { reference: styleIds.bulletList, level: 0 }, spacing: spacing({ after: 3 }) },
  }),
  style(styleIds.numberedList, { name: 'List Number', paragraph: { spacing: spacing({ after: 3 }) } }),
  style(styleIds.figureNote, {
    name: 'Figure note',
    run: { size: sizes.small, color: muted },
    paragraph: { spacing: spacing({ after: 4 }) },
  }),
  style(styleIds.dataCaption, { name: 'Data caption', basedOn: styleIds.caption, run: { bold: false, color: muted } }),
  style(styleIds.tableText, {
    name: 'Table text',
    run: { size: sizes.table },
    paragraph: { spacing: spacing({ line: 1 }) },
  }),
  style(styleIds.tableHeading, { name: 'Table heading', basedOn: styleIds.tableText, run: { bold: true } }),
  style(styleIds.tableNote, {
    name: 'Table note',
    run: { size: 16, color: muted },
    paragraph: { spacing: spacing({ before: 2, line: 1.1 }) },
  }),
  style(styleIds.keyFigure, {
    name: 'Key figure',
    run: { size: 38, bold: true, color: hexOf(colours.accent) },
    paragraph: { keepNext: true, spacing: spacing({ before: 6, line: 1 }) },
  }),
  style(styleIds.keyFigureLabel, {
    name: 'Key figure label',
    run: { size: sizes.table },
    paragraph: { spacing: spacing({ after: 4, line: 1.1 }) },
  }),
  style(styleIds.term, {
    name: 'Term',
    run: { bold: true },
    paragraph: { keepNext: true, spacing: spacing({ before: 4 }) },
  }),
  style(styleIds.meaning, {
    name: 'Meaning',
    paragraph: { indent: { left: twips(14) }, spacing: spacing({ after: 4 }) },
  }),
  style(styleIds.header, { name: 'header', run: { size: 16, bold: true, color: muted } }),
  style(styleIds.footer, { name: 'footer', run: { size: 16, color: muted } }),
  style(styleIds.authored, { name: 'Author’s words', paragraph: authored }),
  style(styleIds.authoredLabel, {
    name: 'Author’s words label',
    basedOn: styleIds.authored,
    run: { size: 16, color: muted },
    paragraph: { ...authored, keepNext: true, spacing: spacing({ before: 6, after: 2 }) },
  }),
  style(styleIds.authoredList, {
    name: 'Author’s words list',
    basedOn: styleIds.authored,
    paragraph: { ...authored, indent: authoredListIndent, spacing: spacing({ after: 3 }) },
  }),
  callout('finding', 'finding', '#eef4f8'),
  callout('limits', 'limits', '#f3f5f7'),
  callout('synthetic', 'synthetic data', '#fdf3e7'),
  callout('caution', 'caution', '#fdf3e7'),
];

const rule = (side: string, colour: string, eighths: number): string =>
  `<w:${side} w:val="single" w:sz="${eighths}" w:space="0" w:color="${hexOf(colour)}"/>`;

/** Rules between rows and under the last, none at the sides, as in the PDF. */
function tableStyle(id: string, name: string, header: string): string {
  return `<w:style w:type="table" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:uiPriority w:val="59"/><w:qFormat/>
<w:tblPr><w:tblBorders>${rule('bottom', colours.muted, 6)}${rule('insideH', colours.line, 4)}</w:tblBorders>
<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>${header}</w:style>`;
}

const underHeader = `<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>${rule('bottom', colours.muted, 8)}</w:tcBorders></w:tcPr></w:tblStylePr>`;

/** The library has no table styles of its own; these come with the document as a style sheet would. */
export const tableStyles = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
${tableStyle(styleIds.table, 'Tidemark table', underHeader)}${tableStyle(styleIds.headless, 'Tidemark list', '')}</w:styles>`;

/** Every style of a report in Word, under names that its list of styles shows. */
export function documentStyles(isSheet: boolean): IStylesOptions {
  return {
    default: {
      document: {
        run: { font: face, size: isSheet ? 20 : sizes.body, color: hexOf(colours.ink), language: { value: 'en-GB' } },
        paragraph: { spacing: spacing({ after: 6 }) },
      },
      title: {
        run: { font: face, size: isSheet ? 40 : 54, bold: true, color: hexOf(colours.accent) },
        paragraph: { spacing: spacing({ before: isSheet ? 0 : 72, after: 8, line: 1.1 }) },
      },
      heading1: heading(0, isSheet ? 13 : 17, isSheet ? 6 : 22),
      heading2: heading(1, 13, 14),
      heading3: heading(2, 11, 10),
      caption: {
        run: { font: face, size: 19, bold: true, italics: false, color: hexOf(colours.ink) },
        paragraph: { keepNext: true, keepLines: true, spacing: spacing({ before: 10, after: 3, line: 1.1 }) },
      },
    },
    paragraphStyles,
    characterStyles: [
      { id: styleIds.strong, name: 'Strong', run: { bold: true } },
      { id: styleIds.emphasis, name: 'Emphasis', run: { italics: true } },
      { id: styleIds.code, name: 'Code', run: { color: hexOf(colours.accent) } },
      { id: styleIds.quiet, name: 'Quiet', run: { color: muted } },
      { id: styleIds.changed, name: 'Changed number', run: { bold: true, color: hexOf(colours.caution) } },
    ],
  };
}
