import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where downloaded models lie unless somebody says otherwise: in the cache folder of the user, as the system has it
 * (XDG Base Directory, `~/Library/Caches`, `%LOCALAPPDATA%`).
 */
export function usualStore(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  return join(cacheFolder(platform, env, home), 'text-attention', 'models');
}

function cacheFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  const set = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME'];
  // A relative path is no place of the user's: the specification of XDG asks to ignore it.
  if (set !== undefined && isAbsolute(set)) return set;
  return platform === 'win32' ? join(home, 'AppData', 'Local') : join(home, '.cache');
}
