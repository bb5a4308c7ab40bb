// The painting worker: a PaintCore behind messages. A worker does not share the page's web fonts, so it loads the
// shipped mono face itself (for names); until then the system's is used.

import sansUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import monoUrl from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url';
import { PaintCore } from './paint-core.ts';
import type { FromPainter, ToPainter } from './paint-messages.ts';

declare const self: DedicatedWorkerGlobalScope;

const core = new PaintCore();

const say = (message: FromPainter, transfer: Transferable[] = []): void => self.postMessage(message, transfer);

self.addEventListener('message', ({ data }: MessageEvent<ToPainter>): void => {
  if (data.kind === 'picture') core.setPicture(data.picture);
  else if (data.kind === 'states') core.setStates(data.states);
  else {
    const painted = core.paint(data.request);
    say({ kind: 'painted', id: data.id, painted }, painted ? [painted.bitmap] : []);
  }
});

async function loadFace(family: string, url: string): Promise<void> {
  const face = new FontFace(family, `url(${JSON.stringify(url)})`, { weight: '100 900' });
  self.fonts.add(await face.load());
}

Promise.all([loadFace('JetBrains Mono Variable', monoUrl), loadFace('Inter Variable', sansUrl)]).then(
  () => say({ kind: 'faces' }),
  // Without the faces the system's are used, which is how it already looks.
  () => undefined,
);
