/**
 * Which groups a figure may be told of beside that of all together: those that pass by themselves, less so many of the smallest that
 * whatever is left untold passes as one too, because it can be worked out from the rest.
 *
 * @param groups people by group; `passes` says whether a figure of some people may be told
 */
export function groupsToTell<Person>(
  groups: readonly (readonly Person[])[],
  passes: (people: readonly Person[]) => boolean,
): boolean[] {
  const told = groups.map(passes);
  const bySize = [...groups.keys()].sort((a, b) => (groups[a]?.length ?? 0) - (groups[b]?.length ?? 0) || a - b);
  for (const group of bySize) {
    const untold = groups.flatMap((people, at) => (told[at] ? [] : people));
    if (untold.length === 0 || passes(untold)) break;
    told[group] = false;
  }
  return told;
}
