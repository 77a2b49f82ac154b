/** Joins a folder and a name with the folder's own separator. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}

/** The last part of a path. */
export function baseName(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '');
  return parts.at(-1) ?? path;
}

/** The folder that holds a path, or null for a bare name. */
export function parentOf(path: string): string | null {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  if (at < 0) return null;
  const parent = path.slice(0, at);
  if (parent === '') return '/';
  return /^[A-Za-z]:$/.test(parent) ? `${parent}\\` : parent;
}

/** What Windows, the strictest of the systems, would not take as a name; null where it is fine. */
export function nameProblem(name: string): string | null {
  if (name.trim() === '') return 'Type a name.';
  if (/[<>:"/\\|?*]/.test(name) || [...name].some((character) => character.charCodeAt(0) < 32))
    return 'A name cannot hold < > : " / \\ | ? or *.';
  if (/[. ]$/.test(name)) return 'A name cannot end with a dot or a space.';
  return null;
}
