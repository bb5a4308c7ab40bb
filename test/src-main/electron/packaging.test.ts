// The configuration of the installers, checked by electron-builder's own schema, and the switches that SAFETY asks for.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface BuildConfig {
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly asarUnpack: readonly string[];
  readonly directories: { readonly buildResources: string };
  readonly linux: { readonly target: readonly string[] };
  readonly mac: { readonly target: readonly string[] };
  readonly win: { readonly target: readonly string[] };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { main: string; build: BuildConfig };
const { build } = manifest;

describe('the installers', () => {
  it("fit electron-builder's schema", async () => {
    const ofBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
    const { validateConfiguration } = ofBuilder('app-builder-lib/out/util/config/config') as {
      validateConfiguration(config: object, log: object): Promise<void>;
    };
    const log = { add: () => {} };
    await expect(validateConfiguration(build, log)).resolves.toBeUndefined();
    await expect(validateConfiguration({ ...build, electronFuses: { runAsNode: 'no' } }, log)).rejects.toThrow(
      /runAsNode/,
    );
  });

  it('switch off what turns an app into a tool for others', () => {
    expect(build.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('are made for three systems, with an icon, and DuckDB as a real file', () => {
    expect([build.linux.target, build.mac.target, build.win.target]).toEqual([['AppImage', 'deb'], ['dmg'], ['nsis']]);
    expect(existsSync(join(build.directories.buildResources, 'icon.png'))).toBe(true);
    expect(build.asarUnpack).toContain('**/node_modules/@duckdb/**');
    expect(manifest.main).toBe('out/main/electron.js');
  });
});
