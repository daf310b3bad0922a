import { defaultDataFolder } from './standalone';

it.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
  ['linux', {}, '/home/a/.local/share/barometer'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/barometer'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/a/Library/Application Support/Barometer'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/Barometer'],
])('an installed Barometer keeps its store where %s keeps a user’s data', (platform, environment, folder) =>
  expect(defaultDataFolder(platform, environment, '/home/a')).toBe(folder),
);
