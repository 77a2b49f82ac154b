/** What goes with what, as arrows between boxes: the path diagram of a dyadic model, of a spillover or of a mediation. */
export type PathSpec = {
  readonly kind: 'path';
  /** What stands at the arrows: "points, with 95% intervals". */
  readonly measure: string;
  readonly nodes: readonly PathNode[];
  readonly arrows: readonly PathArrow[];
};

export type PathNode = {
  readonly id: string;
  /** Whose it is, above the label: "Officer". */
  readonly who: string;
  readonly label: string;
  /** From 0 at the left and at the top; a row may lie between two others. */
  readonly column: number;
  readonly row: number;
  /** Boxes of the second group have a border of another colour. */
  readonly second: boolean;
};

export type PathArrow = {
  readonly from: string;
  readonly to: string;
  /** `both`: a correlation, drawn as an arc outside the column of its two boxes. */
  readonly ends: 'one' | 'both';
  /** The estimate, and its interval for the line below it. */
  readonly text: string;
  readonly interval: string | null;
  /** How strong it is, 0 to 1: the thickness of the line. */
  readonly strength: number;
  /** The interval holds zero: the line is dashed. */
  readonly uncertain: boolean;
};
