/** A4, in points. */
export const pageWidthPt = 595.28;
export const pageHeightPt = 841.89;
export type PageMargins = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};
export const margins: PageMargins = { left: 57, right: 57, top: 70, bottom: 62 };
/** A sheet is one page, and has to hold all of it. */
export const sheetMargins: PageMargins = { ...margins, top: 50, bottom: 44 };
export const contentWidthPt = pageWidthPt - margins.left - margins.right;
