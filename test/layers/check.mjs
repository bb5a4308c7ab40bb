// Checks every import of the source against layers.mjs, by dependency-cruiser's reading of the modules.
// Run by `npm run lint:layers`; prints each violation as `file -> import: reason` and exits 1.

import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { layerOf } from './layers.mjs';

const SOURCE = /\.(ts|tsx|mts|mjs)$/;
const TOPS = ['shared', 'simulations', 'src-main', 'src-renderer', 'test', 'electron.config.ts'];

/** Source files under the top folders of a project, with forward slashes. */
export function sourceFiles(/** @type {string} */ root) {
  const tops = TOPS.filter((top) => statSync(join(root, top), { throwIfNoEntry: false }));
  return tops.flatMap((top) => walk(join(root, top))).map((file) => relative(root, file).split(sep).join('/'));
}

/** @returns {string[]} */
function walk(/** @type {string} */ path) {
  if (!statSync(path).isDirectory()) return SOURCE.test(path) ? [path] : [];
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => walk(join(path, name)));
}

/**
 * All violations of a project.
 * @returns {Promise<{ modules: number, violations: string[] }>}
 */
export async function checkLayers(/** @type {string} */ root) {
  const files = sourceFiles(root);
  const result = await cruise(files, {
    baseDir: root,
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  });
  const output = /** @type {import('dependency-cruiser').ICruiseResult} */ (result.output);
  const read = new Map(output.modules.map((module) => [module.source, module]));
  const violations = files.flatMap((file) => {
    const module = read.get(file);
    return module ? moduleViolations(file, module.dependencies) : [`${file}: the checker could not read it`];
  });
  if (files.length === 0) violations.push('no module was read: the check proves nothing');
  return { modules: files.length, violations };
}

/** @returns {string[]} */
function moduleViolations(
  /** @type {string} */ file,
  /** @type {import('dependency-cruiser').IDependency[]} */ dependencies,
) {
  const layer = layerOf(file);
  if (!layer) return [`${file}: no layer covers this file; put it where test/layers/layers.mjs has a row`];
  return dependencies.flatMap((dependency) => {
    const reason = refusal(layer, dependency);
    return reason ? [`${file} -> ${dependency.module}: ${reason}`] : [];
  });
}

/** Why a layer may not have a dependency, or null. */
function refusal(
  /** @type {import('./layers.mjs').Layer} */ layer,
  /** @type {import('dependency-cruiser').IDependency} */ d,
) {
  if (d.circular) return `is part of a cycle (${(d.cycle ?? []).map((step) => step.name).join(' -> ')})`;
  if (d.coreModule || d.module.startsWith('node:'))
    return layer.node ? null : `${layer.name} may not use Node (${layer.why})`;
  const target = layerOf(d.resolved);
  if (target)
    return mayImport(layer, target.name) ? null : `${layer.name} may not import ${target.name} (${layer.why})`;
  const name = packageName(d.module);
  if (d.module.startsWith('.'))
    return d.couldNotResolve
      ? 'cannot be resolved'
      : d.resolved.endsWith('.css') || d.resolved.endsWith('.json')
        ? null
        : 'lies in no layer';
  return layer.packages.includes('*') || layer.packages.includes(name)
    ? null
    : `${layer.name} may not use the package ${name}`;
}

const mayImport = (/** @type {import('./layers.mjs').Layer} */ layer, /** @type {string} */ target) =>
  target === layer.name || layer.imports.includes('*') || layer.imports.includes(target);

const packageName = (/** @type {string} */ module) =>
  module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { modules, violations } = await checkLayers(fileURLToPath(new URL('../..', import.meta.url)));
  for (const violation of violations) console.error(violation);
  console.error(`layers: ${modules} modules, ${violations.length} violations`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
