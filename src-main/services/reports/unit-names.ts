const unknownName = 'In no post on the day, or not known to HR';

export function nameOf(code: string): string {
  return code === 'UNKNOWN' ? unknownName : code;
}
