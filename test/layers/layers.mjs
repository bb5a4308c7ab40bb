// Who may import whom: ARCHITECTURE's table as data. A file belongs to the first layer whose folder it lies in; a file
// that lies in none is an error, and so is an import that no row allows, a cycle, and a check that read nothing.

/**
 * @typedef {object} Layer
 * @property {string} name       folder, from the top level
 * @property {string[]} imports  layers it may import; itself always
 * @property {string[]} packages third-party packages it may import
 * @property {boolean} node      whether it may import Node's own modules
 * @property {string} why
 */

const BASE = ['shared/base'];
const MODEL = [...BASE, 'shared/model'];
const SHARED = [...MODEL, 'shared/lifecycle', 'shared/analysis', 'shared/scenario', 'shared/api'];
const SIMULATIONS = [
  'simulations/engine',
  'simulations/orchestrator',
  'simulations/experiments',
  'simulations/scenarios',
];
const REACT = ['react', 'react-dom', 'zustand', 'lucide-react'];
const ANY = ['*'];

/** @type {Layer[]} */
export const LAYERS = [
  { name: 'shared/base', imports: [], packages: [], node: false, why: 'everything stands on it' },
  { name: 'shared/model', imports: BASE, packages: [], node: false, why: 'the words, and nothing that acts' },
  {
    name: 'shared/lifecycle',
    imports: MODEL,
    packages: [],
    node: false,
    why: 'one state machine for store, simulator and checker',
  },
  {
    name: 'shared/analysis',
    imports: [...MODEL, 'shared/lifecycle'],
    packages: [],
    node: false,
    why: 'reads a log and may not know where it came from',
  },
  {
    name: 'shared/scenario',
    imports: MODEL,
    packages: ['zod', 'croner'],
    node: false,
    why: 'a format is a schema; cron is a part of it',
  },
  {
    name: 'shared/api',
    imports: [...MODEL, 'shared/lifecycle', 'shared/analysis', 'shared/scenario'],
    packages: ['zod'],
    node: false,
    why: 'the contract knows answers and refusals, not how they are made',
  },
  { name: 'simulations/engine', imports: BASE, packages: [], node: false, why: 'knows nothing of pipelines' },
  {
    name: 'simulations/orchestrator',
    imports: ['simulations/engine', ...MODEL, 'shared/lifecycle', 'shared/scenario'],
    packages: [],
    node: false,
    why: 'the model on the engine: it plays what a scenario says',
  },
  {
    name: 'simulations/experiments',
    imports: [...SIMULATIONS, ...SHARED],
    packages: [],
    node: false,
    why: 'many runs, compared',
  },
  {
    name: 'simulations/scenarios',
    imports: [...SIMULATIONS, ...SHARED],
    packages: [],
    node: false,
    why: 'presets and the sample company',
  },
  {
    name: 'simulations/benchmarks',
    imports: ANY,
    packages: ANY,
    node: true,
    why: 'measures anything; nothing imports it',
  },
  {
    name: 'src-main/store',
    imports: SHARED,
    packages: ['@duckdb/node-api'],
    node: true,
    why: 'the only owner of DuckDB',
  },
  {
    name: 'src-main/importers',
    imports: SHARED,
    packages: ['yaml'],
    node: true,
    why: 'foreign files to catalogs and logs; never the store',
  },
  {
    name: 'src-main/host/workers',
    imports: [...SIMULATIONS, 'src-main/importers', ...SHARED],
    packages: [],
    node: true,
    why: 'simulations and the live log off the main thread',
  },
  {
    name: 'src-main/services',
    imports: ['src-main/store', 'src-main/importers', 'src-main/host/workers', ...SHARED],
    packages: [],
    node: true,
    why: 'joins store, simulations and analysis',
  },
  {
    name: 'src-main/host',
    imports: ['src-main/services', 'src-main/store', 'src-main/host/workers', ...SHARED],
    packages: [],
    node: true,
    why: 'the one process that owns a workspace',
  },
  {
    name: 'src-main/server',
    imports: ['src-main/services', 'shared/api', ...MODEL],
    packages: ['ws'],
    node: true,
    why: 'a transport and its guard',
  },
  {
    name: 'src-main/electron',
    imports: ['src-main/services', 'src-main/host', 'src-main/server', 'shared/api', ...MODEL],
    packages: ['electron'],
    node: true,
    why: 'glue, the only importer of electron',
  },
  {
    name: 'src-main/cli',
    imports: ['src-main/services', 'src-main/server', 'src-main/host', 'src-main/electron', ...SHARED],
    packages: ['commander'],
    node: true,
    why: 'one file a command',
  },
  {
    name: 'src-main/boot.mjs',
    imports: [],
    packages: ['electron-vite'],
    node: true,
    why: 'builds what is stale, then starts the CLI',
  },
  {
    name: 'src-renderer/client',
    imports: ['shared/api', ...MODEL],
    packages: [],
    node: false,
    why: 'the channel from the page',
  },
  {
    name: 'src-renderer/widgets',
    imports: SHARED,
    packages: [...REACT, '@tanstack/react-virtual'],
    node: false,
    why: 'small parts that several screens use',
  },
  {
    name: 'src-renderer/graph',
    imports: [...SHARED, 'src-renderer/widgets'],
    // The painting worker loads the faces itself: a worker does not share the page's.
    packages: [
      ...REACT,
      '@xyflow/react',
      'flatbush',
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
    ],
    node: false,
    why: 'layout and drawing of the graph',
  },
  {
    name: 'src-renderer',
    imports: [...SHARED, 'src-renderer/client', 'src-renderer/widgets', 'src-renderer/graph'],
    packages: [
      ...REACT,
      '@xyflow/react',
      'cmdk',
      'uplot',
      '@tanstack/react-virtual',
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
    ],
    node: false,
    why: 'screens over the contract: never Node, electron, src-main or simulations',
  },
  { name: 'test', imports: ANY, packages: ANY, node: true, why: 'tests anything; nothing imports it' },
  {
    name: 'electron.config.ts',
    imports: [],
    packages: ['electron-vite', 'vite', '@vitejs/plugin-react'],
    node: true,
    why: 'the build',
  },
];

/** The layer of a file, or undefined: a file that no rule covers. */
export const layerOf = (/** @type {string} */ file) =>
  LAYERS.filter((layer) => file === layer.name || file.startsWith(`${layer.name}/`)).sort(
    (a, b) => b.name.length - a.name.length,
  )[0];
