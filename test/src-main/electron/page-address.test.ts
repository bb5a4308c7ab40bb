// What counts as the page, what may open outside, who may ask: the addresses that attackers try, one by one.

import { describe, expect, it } from 'vitest';
import { isAllowedOutside, isPageFrame, isPageUrl, PAGE_URL } from '../../../src-main/electron/page-address.ts';

describe('isPageUrl', () => {
  it.each([PAGE_URL, 'app://landfall/index.html', 'app://landfall/?a=1#/graph', 'APP://landfall/'])(
    'is the page: %s',
    (url) => {
      expect(isPageUrl(url)).toBe(true);
    },
  );

  it.each([
    'app://landfall.evil.example/',
    'app://evil/',
    'app://user@landfall/',
    'app://landfall:80/',
    'app:landfall/',
    'app:///',
    'http://landfall/',
    'https://landfall/',
    'file:///landfall/',
    'javascript:alert(1)//app://landfall/',
    'data:text/html,app://landfall/',
    'about:blank',
    'blob:app://landfall/1',
    '',
    'nonsense',
  ])('is not the page: %s', (url) => {
    expect(isPageUrl(url)).toBe(false);
  });
});

describe('isAllowedOutside', () => {
  it.each([
    'https://openlineage.io/docs/spec',
    'https://github.com/apache/airflow',
    'https://airflow.apache.org/docs/?x=1#y',
  ])('opens %s', (url) => {
    expect(isAllowedOutside(url)).toBe(true);
  });

  it.each([
    'http://openlineage.io/',
    'https://openlineage.io.evil.example/',
    'https://evil.example/openlineage.io',
    'https://openlineage.io@evil.example/',
    'https://user:pass@openlineage.io/',
    'https://openlineage.io:8443/',
    'https://gist.github.com/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://server/share',
    'ms-msdt:/id',
    'app://landfall/',
    '',
  ])('does not open %s', (url) => {
    expect(isAllowedOutside(url)).toBe(false);
  });
});

describe('isPageFrame', () => {
  it('is the top frame of the page and no other', () => {
    expect(isPageFrame({ url: PAGE_URL, parent: null })).toBe(true);
    expect(isPageFrame({ url: PAGE_URL, parent: {} })).toBe(false);
    expect(isPageFrame({ url: 'https://evil.example/', parent: null })).toBe(false);
    expect(isPageFrame(null)).toBe(false);
  });
});
