/**
 * How the rows of each extract kind lie in the store: key columns first, in the order of the table's primary key, then the
 * values. The reader fills rows in this order and the batch writer binds them in it.
 */
export type LayoutColumn = { readonly name: string; readonly storage: 'number' | 'text' };

export type ExtractLayout = {
  readonly table: string;
  readonly key: readonly LayoutColumn[];
  readonly values: readonly LayoutColumn[];
  /** The column that says which local day a row is about, or null. */
  readonly dayColumn: string | null;
  /** True where files tend to come in the order of the first key column, so that loading can begin before reading ends. */
  readonly comesInKeyOrder: boolean;
};

function numbers(...names: string[]): LayoutColumn[] {
  return names.map((name) => ({ name, storage: 'number' }));
}

function texts(...names: string[]): LayoutColumn[] {
  return names.map((name) => ({ name, storage: 'text' }));
}

const layouts: Readonly<Record<string, ExtractLayout>> = {
  people: {
    table: 'people',
    key: numbers('person_id'),
    values: numbers(
      'workforce_type_id',
      'rank_id',
      'role_id',
      'unit_id',
      'sex_id',
      'ethnicity_group_id',
      'birth_year',
      'service_start',
      'service_end',
      'fte',
    ),
    dayColumn: null,
    comesInKeyOrder: false,
  },
  exposures: {
    table: 'exposures',
    key: [...numbers('occurred_at', 'person_id', 'category_id'), ...texts('incident_ref')],
    values: numbers(
      'day',
      'proximity',
      'minutes_on_scene',
      'first_on_scene',
      'known_victim',
      'attribution',
      'source_id',
      'recorded_at',
    ),
    dayColumn: 'day',
    comesInKeyOrder: true,
  },
  screenings: {
    table: 'screenings',
    key: numbers('person_id', 'instrument_id', 'scale_id', 'key_day'),
    values: [
      ...numbers('version_id', 'status', 'invited_on', 'taken_on', 'score', 'programme_id', 'wave_id', 'recorded_at'),
      ...texts('items', 'scores'),
    ],
    dayColumn: 'key_day',
    comesInKeyOrder: false,
  },
};

export const layoutKinds: readonly string[] = Object.keys(layouts);

export function layoutOf(kind: string): ExtractLayout {
  const layout = layouts[kind];
  if (!layout) throw new Error(`no table for extract kind ${kind}`);
  return layout;
}

/** Where each column's numbers lie in a row: one slot for a number, two (start and end of its bytes) for a text. */
export type RowShape = {
  readonly width: number;
  readonly keyColumns: readonly SlotColumn[];
  readonly columns: readonly SlotColumn[];
  /** Slot of the row's number in its file. */
  readonly rowSlot: number;
  readonly slotOf: ReadonlyMap<string, number>;
};

export type SlotColumn = LayoutColumn & { readonly slot: number };

export function shapeOf(layout: ExtractLayout): RowShape {
  const slotOf = new Map<string, number>();
  const columns: SlotColumn[] = [];
  let next = 0;
  for (const column of [...layout.key, ...layout.values]) {
    slotOf.set(column.name, next);
    columns.push({ ...column, slot: next });
    next += column.storage === 'text' ? 2 : 1;
  }
  return { width: next + 1, keyColumns: columns.slice(0, layout.key.length), columns, rowSlot: next, slotOf };
}
