const languageNames = new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'code' });

/** `Polish` for `pl`; what is no code of two letters is a name already. */
export function languageName(language: string): string {
  return /^[a-z]{2}$/i.test(language) ? (languageNames.of(language.toLowerCase()) ?? language) : language;
}
