// The words of the sample company: what its domains are, what each builds, on which pools, how well it reports.
// Only data. Halyard is a marketplace that does not exist.

import type { PoolDef } from '../../../shared/scenario/workload.ts';

/**
 * How much of what a domain's task runs read is reported: the exact version, the partition and how many rows, the
 * partition, or only the table.
 */
export type Reporting = 'version' | 'rows' | 'partition' | 'table';

export interface DomainPlan {
  readonly name: string;
  /** Share of all pipelines. */
  readonly share: number;
  /** Domains whose datasets its pipelines read. The sources have none. */
  readonly upstream: readonly string[];
  readonly nouns: readonly string[];
  readonly pools: readonly string[];
  readonly owner: string;
  readonly reporting: Reporting;
  /** Share of its pipelines that start by the clock and read whatever is there. */
  readonly clockReaders: number;
}

export const DOMAINS: readonly DomainPlan[] = [
  {
    name: 'ingest',
    share: 0.24,
    upstream: [],
    owner: '@platform',
    pools: ['default', 'default', 'default', 'spark', 'default'],
    reporting: 'version',
    clockReaders: 0,
    nouns: [
      'page_views',
      'orders',
      'refunds',
      'carts',
      'listings',
      'sellers',
      'searches',
      'clicks',
      'messages',
      'prices',
      'shipments',
      'reviews',
    ],
  },
  {
    name: 'identity',
    share: 0.08,
    upstream: ['ingest'],
    owner: '@identity',
    pools: ['default', 'default', 'spark'],
    reporting: 'version',
    clockReaders: 0,
    nouns: ['users', 'devices', 'household', 'consent', 'merges', 'logins'],
  },
  {
    name: 'catalog',
    share: 0.12,
    upstream: ['ingest'],
    owner: '@catalog',
    pools: ['default', 'default', 'spark'],
    reporting: 'version',
    clockReaders: 0,
    nouns: ['items', 'categories', 'search_index', 'images', 'attributes', 'stock', 'brands'],
  },
  {
    name: 'payments',
    share: 0.12,
    upstream: ['ingest', 'identity'],
    owner: '@payments',
    pools: ['default', 'default', 'default', 'spark'],
    reporting: 'version',
    clockReaders: 0,
    nouns: ['settlement', 'payouts', 'chargebacks', 'fees', 'invoices', 'wallets'],
  },
  {
    name: 'features',
    share: 0.16,
    upstream: ['ingest', 'identity', 'catalog'],
    owner: '@features',
    pools: ['spark', 'features', 'default', 'default', 'default', 'default', 'default', 'default'],
    reporting: 'version',
    clockReaders: 0,
    nouns: ['sessions', 'user_vectors', 'item_vectors', 'affinity', 'recency', 'baskets', 'intent'],
  },
  {
    name: 'recs',
    share: 0.1,
    upstream: ['features', 'catalog'],
    owner: '@recs',
    pools: [
      'gpu',
      'features',
      'default',
      'default',
      'default',
      'default',
      'default',
      'default',
      'default',
      'default',
      'default',
      'default',
    ],
    reporting: 'rows',
    clockReaders: 0,
    nouns: ['lookalikes', 'candidates', 'ranking', 'similar_items', 'home_feed', 'email_picks'],
  },
  {
    name: 'growth',
    share: 0.1,
    upstream: ['ingest', 'features', 'payments'],
    owner: '@growth',
    pools: ['default', 'default', 'spark'],
    reporting: 'partition',
    clockReaders: 0.04,
    nouns: ['attribution', 'campaigns', 'cohorts', 'experiments', 'funnels', 'referrals'],
  },
  {
    name: 'finance',
    share: 0.08,
    upstream: ['payments', 'growth'],
    owner: '@finance',
    pools: ['default'],
    reporting: 'table',
    clockReaders: 0.03,
    nouns: ['statements', 'revenue', 'tax', 'forecast', 'margins', 'accruals'],
  },
];

export const VARIANTS = [
  'daily',
  'raw',
  'by_region',
  'by_device',
  'snapshot',
  'deduped',
  'eu',
  'us',
  'apac',
  'latam',
  'by_seller',
  'by_category',
  'history',
  'sampled',
  'mobile',
  'web',
  'partners',
  'returns',
  'prime',
  'trial',
  'by_hour',
  'by_cohort',
  'audit',
  'delta',
] as const;

export const STEPS = ['extract', 'stage', 'clean', 'join', 'enrich', 'aggregate', 'score', 'compare', 'pack'] as const;

export const POOLS: readonly PoolDef[] = [
  { name: 'default', slots: 400, slowdown: [] },
  { name: 'spark', slots: 128, slowdown: [] },
  { name: 'features', slots: 16, slowdown: [] },
  { name: 'gpu', slots: 8, slowdown: [] },
  { name: 'mirror', slots: 32, slowdown: [] },
];
