import { createMemory } from '../../bridge/memory.ts';

/** The tab that is open; a panel may lead to another. */
export const tabMemory = createMemory<string>('loop');
