/** A4, in points. */
export const pageWidthPt = 595.28;
export const pageHeightPt = 841.89;
export const margins = { left: 57, right: 57, top: 70, bottom: 62 } as const;
export const contentWidthPt = pageWidthPt - margins.left - margins.right;
