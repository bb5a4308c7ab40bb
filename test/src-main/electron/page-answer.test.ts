// What app:// serves: files of the page by plain names, with the page's rules; nothing else.

import { describe, expect, it } from 'vitest';
import { pageAnswer } from '../../../src-main/electron/page-answer.ts';

describe('pageAnswer', () => {
  it.each([
    ['app://landfall/', 'index.html', 'text/html; charset=utf-8'],
    ['app://landfall/?log=a#/graph', 'index.html', 'text/html; charset=utf-8'],
    ['app://landfall/theme-boot.js', 'theme-boot.js', 'text/javascript; charset=utf-8'],
    [
      'app://landfall/assets/layout.worker-B1_2c-d3.js',
      'assets/layout.worker-B1_2c-d3.js',
      'text/javascript; charset=utf-8',
    ],
    ['app://landfall/assets/inter.woff2', 'assets/inter.woff2', 'font/woff2'],
    ['app://landfall/unknown.xyz', 'unknown.xyz', 'application/octet-stream'],
  ])('answers %s with %s', (url, file, type) => {
    const answer = pageAnswer('GET', url);
    expect([answer.status, answer.file, answer.headers['Content-Type']]).toEqual([200, file, type]);
    expect(answer.headers['Content-Security-Policy']).toContain("default-src 'none'");
    expect(answer.headers['X-Content-Type-Options']).toBe('nosniff');
  });

  it.each([
    'app://landfall/..%2fsecret',
    'app://landfall/..%5csecret',
    'app://landfall/a%00.js',
    'app://landfall/.env',
    'app://landfall/assets/.hidden',
    'app://landfall//etc/passwd',
    'app://landfall/C:/secret',
    'app://landfall/a/',
    'app://landfall/a;b',
    'app://evil/index.html',
    'file:///etc/passwd',
    'nonsense',
  ])('answers %s with nothing', (url) => {
    expect(pageAnswer('GET', url)).toMatchObject({ status: 404, file: null });
  });

  it('never leaves the folder, whatever the dots', () => {
    // The address itself is normalised by the platform: what is left is inside.
    expect(pageAnswer('GET', 'app://landfall/../../etc/passwd').file).toBe('etc/passwd');
    expect(pageAnswer('GET', 'app://landfall/%2e%2e/etc/passwd').file).toBe('etc/passwd');
  });

  it('answers GET and HEAD only', () => {
    expect(pageAnswer('HEAD', 'app://landfall/').status).toBe(200);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect(pageAnswer(method, 'app://landfall/')).toMatchObject({ status: 405, file: null });
    }
  });
});
