export { type AdoptableScheme, adoptableScheme, adoptedSchemes, schemeInUse } from './adopted-schemes.ts';
export { approveScheme, draftScheme, retireScheme, submitScheme, withdrawScheme } from './change-schemes.ts';
export { type NamedScheme, schemeNamed } from './find-scheme.ts';
export { exportScheme, readScheme } from './scheme-files.ts';
export { schemeList, schemeView } from './show-schemes.ts';
