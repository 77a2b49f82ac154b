/**
 * The logical structure of a PDF, made before layout in reading order: what a screen reader walks through. pdfmake lays
 * out and draws but does not tag, so each drawn leaf carries its tag and the renderer marks what it draws with it.
 */
export type PdfTag = {
  readonly role: PdfRole;
  readonly options: { readonly alt?: string; readonly title?: string; readonly scope?: 'Row' | 'Column' };
  readonly children: PdfTag[];
};

/** Standard structure types (ISO 32000-1, 14.8.4). */
export type PdfRole =
  | 'Document'
  | 'Sect'
  | 'Div'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'H4'
  | 'P'
  | 'TOC'
  | 'TOCI'
  | 'Link'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Table'
  | 'Caption'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Figure'
  | 'Note';

export function newTag(role: PdfRole, options: PdfTag['options'] = {}): PdfTag {
  return { role, options, children: [] };
}

/** Adds a child at the end of `parent` and returns it. */
export function childTag(parent: PdfTag, role: PdfRole, options: PdfTag['options'] = {}): PdfTag {
  const child = newTag(role, options);
  parent.children.push(child);
  return child;
}
