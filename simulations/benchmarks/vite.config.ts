// How the benchmarks are built: the program, and the thread that plays replications beside it.

import { join } from 'node:path';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, '..', '..');

export default defineConfig({
  root,
  logLevel: 'error',
  // DuckDB brings a library that cannot be bundled.
  ssr: { noExternal: true, external: ['@duckdb/node-api'] },
  build: {
    ssr: true,
    target: 'node20.19',
    outDir: 'out/benchmarks',
    rolldownOptions: {
      input: {
        engine: join(root, 'simulations/benchmarks/engine.ts'),
        ledger: join(root, 'simulations/benchmarks/ledger.ts'),
        soak: join(root, 'simulations/benchmarks/soak.ts'),
        wfinstances: join(root, 'simulations/benchmarks/wfinstances.ts'),
        'replicate.worker': join(root, 'src-main/host/workers/replicate.worker.ts'),
      },
    },
  },
});
