/** Which columns a reader hid and how wide the others are: names of columns only, never anything they hold. */
export type TableMemory = {
  readonly visible: Readonly<Record<string, boolean>>;
  readonly widths: Readonly<Record<string, number>>;
};

const empty: TableMemory = { visible: {}, widths: {} };

function keyOf(id: string): string {
  return `tidemark.table.${id}`;
}

export function readTableMemory(id: string): TableMemory {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(id)) ?? 'null') as Partial<TableMemory> | null;
    return { visible: kept?.visible ?? {}, widths: kept?.widths ?? {} };
  } catch {
    return empty;
  }
}

export function writeTableMemory(id: string, memory: TableMemory): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(memory));
  } catch {
    // A full or forbidden storage costs only the remembered widths.
  }
}
