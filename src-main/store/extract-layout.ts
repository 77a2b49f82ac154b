import { type ExtractColumn, type ExtractKind, extractKinds, isSealed } from '#shared/domain/extract-kinds/index.ts';

/**
 * How the rows of each extract kind lie in the store: key columns first, in the order of the table's primary key, then the
 * values. The reader fills rows in this order and the batch writer binds them in it.
 */
export type LayoutColumn = {
  readonly name: string;
  readonly storage: 'number' | 'text';
  /** Column of the extract that it is read from; null for one that is made from others. */
  readonly column: string | null;
  /** What SQLite holds it as. */
  readonly sql: 'INTEGER' | 'REAL' | 'TEXT';
  readonly required: boolean;
  readonly references: 'person' | 'code' | null;
};

export type ExtractLayout = {
  readonly table: string;
  readonly key: readonly LayoutColumn[];
  readonly values: readonly LayoutColumn[];
  /** The column that says which local day a row is about, or null. */
  readonly dayColumn: string | null;
  /** True where files tend to come in the order of the first key column, so that loading can begin before reading ends. */
  readonly comesInKeyOrder: boolean;
};

/** Words that SQL keeps for itself. */
const storedNames: Readonly<Record<string, string>> = {
  from: 'from_day',
  to: 'to_day',
  on: 'on_day',
};

function isText(column: ExtractColumn): boolean {
  return ['reference', 'token', 'alias', 'text'].includes(column.type);
}

/** Name under which a column of an extract is stored. */
export function storedName(column: ExtractColumn): string {
  switch (column.type) {
    case 'person':
      return column.name.replace(/_ref$/, '_id');
    case 'code':
    case 'codes':
    case 'category':
      return `${column.name}_id`;
    case 'time':
      return column.name === 'start' || column.name === 'end' ? `${column.name}_at` : column.name;
    case 'date':
      if (column.name === 'start' || column.name === 'end') return `${column.name}_day`;
      return storedNames[column.name] ?? column.name;
    default:
      return column.name;
  }
}

function layoutColumn(kind: ExtractKind, column: ExtractColumn): LayoutColumn {
  const inKey = kind.key.includes(column.name);
  const isCode = column.type === 'code' || column.type === 'codes' || column.type === 'category';
  const required = column.required === true || column.fallback !== undefined;
  return {
    name: storedName(column),
    storage: isText(column) ? 'text' : 'number',
    column: column.name,
    sql: isText(column) ? 'TEXT' : column.type === 'number' ? 'REAL' : 'INTEGER',
    required: required || inKey,
    // An empty part of a key is stored as 0, which is no code; what else may be empty costs more to check than it guards.
    references: column.type === 'person' ? 'person' : isCode && (required || kind.kind === 'people') ? 'code' : null,
  };
}

function made(name: string, sql: LayoutColumn['sql'], required = false): LayoutColumn {
  return { name, storage: sql === 'TEXT' ? 'text' : 'number', column: null, sql, required, references: null };
}

/** Where the primary key is not in the order of the kind's key: what is scanned by time lies in the order of time. */
const keyOrders: Readonly<Record<string, readonly string[]>> = {
  exposures: ['occurred_at', 'person_ref', 'category', 'incident_ref'],
  attendances: ['arrived_at', 'person_ref', 'incident_ref'],
};

function generalLayout(kind: ExtractKind): ExtractLayout {
  const byName = new Map(kind.columns.map((column) => [column.name, column]));
  const keyNames = keyOrders[kind.kind] ?? kind.key;
  const key = keyNames.flatMap((name) => {
    const column = byName.get(name);
    return column ? [layoutColumn(kind, column)] : [];
  });
  const values = kind.columns
    .filter((column) => !isSealed(column) && !keyNames.includes(column.name))
    .map((column) => layoutColumn(kind, column));
  const dayOf = kind.dayOf === null ? undefined : byName.get(kind.dayOf);
  const withDay = dayOf?.type === 'time' ? [made('day', 'INTEGER', true), ...values] : values;
  return {
    table: kind.table,
    key,
    values: kind.items ? [...withDay, made('items', 'TEXT'), made('scores', 'TEXT')] : withDay,
    dayColumn: dayOf === undefined ? null : dayOf.type === 'time' ? 'day' : storedName(dayOf),
    comesInKeyOrder: ['time', 'reference'].includes(byName.get(keyNames[0] ?? '')?.type ?? ''),
  };
}

/** Kinds whose key is made from several columns. */
function layoutFor(kind: ExtractKind): ExtractLayout {
  const layout = generalLayout(kind);
  if (kind.kind === 'screenings') {
    return { ...layout, key: [...layout.key, made('key_day', 'INTEGER', true)], dayColumn: 'key_day' };
  }
  if (kind.kind === 'studies') return { ...layout, key: [made('study_key', 'TEXT', true)] };
  return layout;
}

const layouts: ReadonlyMap<string, ExtractLayout> = new Map(extractKinds.map((kind) => [kind.kind, layoutFor(kind)]));

export const layoutKinds: readonly string[] = [...layouts.keys()];

export function layoutOf(kind: string): ExtractLayout {
  const layout = layouts.get(kind);
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
