import { describe, expect, it } from 'vitest';
import { maskSecrets, maskUrlPassword } from '../../../../src-main/importers/text/mask-secrets.ts';
import { quote } from '../../../../src-main/importers/text/quote.ts';
import { TextPool } from '../../../../src-main/importers/text/text-pool.ts';

describe('quote', () => {
  it('shows nothing that a terminal or a reader would obey', () => {
    expect(quote('a\u001b[31mred\u0007\nb')).toBe('"a\\u001b[31mred\\u0007\\nb"');
    expect(quote('\u202egnp.exe\u2028\u0085\ufeff')).toBe('"\\u202egnp.exe\\u2028\\u0085\\ufeff"');
  });

  it('cuts what is long', () => {
    expect(quote('x'.repeat(10_000))).toHaveLength(63);
  });
});

describe('maskSecrets', () => {
  it.each([
    ['postgres://etl:hunter2@db/shop', 'postgres://etl:***@db/shop'],
    ['login failed, password=hunter2 user=etl', 'login failed, password=*** user=etl'],
    ['{"api_key": "abc def", "n": 1}', '{"api_key": ***, "n": 1}'],
    ['AWS_SECRET_ACCESS_KEY=xyz; next', 'AWS_SECRET_ACCESS_KEY=***; next'],
    ['token expired', 'token expired'],
  ])('%s', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it('takes only the password out of a name', () => {
    expect(maskUrlPassword('postgres://etl:hunter2@db:5432')).toBe('postgres://etl:***@db:5432');
    expect(maskUrlPassword('s3://bucket')).toBe('s3://bucket');
  });
});

describe('TextPool', () => {
  it('keeps each name once, as UTF-8 can write it', () => {
    const pool = new TextPool();
    expect(pool.keep('orders')).toBe('orders');
    expect(pool.keep('a\ud800b')).toBe('a\ufffdb');
  });
});
