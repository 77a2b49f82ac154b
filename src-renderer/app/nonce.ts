/** The nonce of this load, which the host put into the page and into its content policy. */
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="tidemark-nonce"]')?.content ?? '';
}

/** The scroll lock behind dialogs adds a style element of its own and reads its nonce from this global. */
export function giveNonceToScrollLock(): void {
  (globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = pageNonce();
}
