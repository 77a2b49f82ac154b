/** Copies by way of the document's own copy event, which needs no permission; the hosts grant none. */
export function copyText(text: string, html?: string): boolean {
  let copied = false;
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    if (html !== undefined) event.clipboardData?.setData('text/html', html);
    event.preventDefault();
    event.stopImmediatePropagation();
    copied = true;
  };
  document.addEventListener('copy', give, true);
  try {
    document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', give, true);
  }
  return copied;
}

/** Copies a picture: as an image where the host allows it, else as a page fragment that word processors take. */
export async function copyImage(dataUrl: string, description: string): Promise<boolean> {
  try {
    const bytes = Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), (character) =>
      character.charCodeAt(0),
    );
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })]);
    return true;
  } catch {
    const image = new Image();
    image.src = dataUrl;
    image.alt = description;
    return copyText(description, image.outerHTML);
  }
}
