// UTF-8 to and from text. TextEncoder and TextDecoder exist in Node, Electron and browsers but in no version of the
// language's own library, so the two are declared here and nowhere else.

declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

export const utf8Bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Throws on bytes that are no UTF-8. */
export const utf8Text = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
