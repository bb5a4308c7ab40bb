// Requests as bytes, so that a test decides about every header: no client library adds, joins or corrects anything.

import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export type Headers = readonly (readonly [name: string, value: string])[];

/** Sends one request and reads until the server closes, or until the head of an answer that keeps the connection. */
export function rawRequest(port: number, line: string, headers: Headers, body = ''): Promise<RawAnswer> {
  const head = [`${line} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    const chunks: Buffer[] = [];
    const finish = (): void => {
      socket.destroy();
      if (chunks.length > 0) resolve(parse(Buffer.concat(chunks).toString('utf8')));
      else reject(new Error('closed without an answer'));
    };
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (chunk.includes('101 Switching Protocols')) finish();
    });
    socket.on('end', finish);
    socket.on('error', (error) => (chunks.length > 0 ? finish() : reject(error)));
    socket.write(head + body);
  });
}

function parse(text: string): RawAnswer {
  const [head = '', body = ''] = splitOnce(text, '\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line) => splitOnce(line, ': ')).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return { status: Number(first.split(' ')[1]), headers, body };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
