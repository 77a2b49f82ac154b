export type GridCell = {
  readonly text: string;
  readonly tone?: 'bad' | 'warn' | 'dim';
  /** Why it is marked, in words. */
  readonly title?: string;
};
export type GridRow = {
  readonly cells: readonly GridCell[];
  readonly tone?: 'names' | 'above' | 'bad' | 'warn' | 'dim';
  readonly note?: string;
};
export type GridColumn = { readonly name: string; readonly widthPx: number };
