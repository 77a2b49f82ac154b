/** One step of the store's schema. Steps rise in tens, run forward only, and are never edited once released. */
export type Migration = { readonly version: number; readonly name: string; readonly sql: string };
