// Which workspace a window opens.

import { describe, expect, it } from 'vitest';
import { instanceName, workspaceArgument, workspaceSwitch } from '../../../src-main/electron/launch-arguments.ts';

describe('workspaceArgument', () => {
  it.each([
    [['electron', '/app', '--workspace=/data/my night'], '/data/my night'],
    [['electron', '--workspace=/a', '--no-proxy-server', '--workspace=/b/../c/'], '/c'],
    [['electron', '/app'], null],
    [['electron', '--workspace='], null],
    [['electron', '--workspace=relative/dir'], null],
    [['electron', '--workspace', '/a'], null],
    [['electron', '--user-workspace=/a'], null],
  ])('of %j is %s', (argv, dir) => {
    expect(workspaceArgument(argv)).toBe(dir);
  });

  it('reads what workspaceSwitch writes', () => {
    expect(workspaceArgument([workspaceSwitch('/data/=--workspace=x')])).toBe('/data/=--workspace=x');
  });
});

describe('instanceName', () => {
  it('is a plain name of its own for each workspace', () => {
    expect(instanceName('/a')).toMatch(/^[0-9a-f]{16}$/);
    expect(instanceName('/a')).toBe(instanceName('/a'));
    expect(instanceName('/a')).not.toBe(instanceName('/b'));
  });
});
