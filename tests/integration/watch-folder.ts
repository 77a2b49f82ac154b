import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { WatchEvent } from '#shared/contract/watch.ts';
import type { Session } from './test-vault.ts';

/** Short enough for tests, longer than their writes take. */
export const settleSeconds = 0.3;

export const header = 'Payroll No,Surname,From,To,Reason';
export const absence = {
  kind: 'absences',
  columns: { person_ref: 'Payroll No', start: 'From', end: 'To', reason_code: 'Reason' },
  dateOrder: 'dmy' as const,
};

export function newFolder(folder: string, name: string): string {
  const made = join(folder, name);
  mkdirSync(made, { recursive: true });
  return made;
}

/** What happens to the files of a watched folder, as it happens. */
export function watchedEvents({ engine }: Session): {
  readonly events: readonly WatchEvent[];
  readonly next: (wanted: (event: WatchEvent) => boolean) => Promise<WatchEvent>;
} {
  const events: WatchEvent[] = [];
  const waiting = new Set<() => void>();
  engine.subscribe((told) => {
    if (told.type !== 'watch') return;
    events.push(told.event);
    for (const wake of waiting) wake();
  });
  return {
    events,
    next: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.find(wanted);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

export type Once = OutputOf<'watch.once'>;

export function once(session: Session, folder: string, more: Partial<InputOf<'watch.once'>> = {}): Promise<Once> {
  return session.call('watch.once', { folder, settleSeconds, ...more });
}

/** `name: code` of what waits, `name: batch` of what was loaded. */
export function outline({ loaded, waiting }: Once): readonly string[] {
  return [
    ...loaded.map(({ file, batch }) => `${file}: ${batch}`),
    ...waiting.map(({ file, code }) => `${file}: ${code}`),
  ];
}
