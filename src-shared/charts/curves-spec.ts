/** Curves over a continuous axis: calibration, net benefit, precision and recall. */
export type CurvesSpec = {
  readonly kind: 'curves';
  readonly x: CurvesAxis;
  readonly y: CurvesAxis;
  /** The first is the one that the chart is about. */
  readonly lines: readonly {
    readonly name: string;
    readonly points: readonly (readonly [x: number, y: number])[];
    readonly dashed?: boolean;
  }[];
  /** Observed values with their intervals, drawn as points. */
  readonly points?: readonly { readonly x: number; readonly y: number; readonly low: number; readonly high: number }[];
  /** The line on which both axes agree, by its name. */
  readonly diagonal?: string;
  /** A place along the bottom to look at, such as the threshold in use. */
  readonly mark?: { readonly x: number; readonly label: string };
};

export type CurvesAxis = {
  readonly measure: string;
  /** Shares of 1 are written as per cent. */
  readonly share: boolean;
  /** Ends of the axis where its values do not give them; curves are cut off there. */
  readonly from?: number;
  readonly to?: number;
};
