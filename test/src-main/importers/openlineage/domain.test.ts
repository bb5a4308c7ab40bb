import { describe, expect, it } from 'vitest';
import { domainsOf } from '../../../../src-main/importers/openlineage/domain.ts';

const domains = (namespace: string, ...names: string[]): string[] =>
  domainsOf(names.map((name) => ({ namespace, name })));

describe('domainsOf', () => {
  it('is the namespace that somebody chose', () => {
    expect(domains('food_delivery', 'etl_menus', 'etl_orders')).toEqual(['food_delivery', 'food_delivery']);
  });

  it('is a shared prefix where the namespace is the stock one', () => {
    expect(domains('default', 'sales_daily', 'sales.hourly', 'hr_daily', 'plain', '_x')).toEqual([
      'sales',
      'sales',
      'default',
      'default',
      'default',
    ]);
  });
});
