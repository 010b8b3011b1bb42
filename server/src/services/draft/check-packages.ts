import type { FieldProblem, PackagePolicy } from '../../platform/index.js';
import type { ConnectionConfig } from '../definition.js';
import { fetchesPackages } from '../launch/fetches-packages.js';
import { say } from '../say.js';

/**
 * What is wrong with a command that fetches what it runs, where none may. By its words alone, so that whoever writes it
 * hears of it; where links lead is looked at when it starts.
 */
export function packageProblems({ command, args = [] }: ConnectionConfig, policy: PackagePolicy): FieldProblem[] {
  if (policy === 'fetch' || command === undefined) return [];
  if (!fetchesPackages({ file: command, realFile: command, args })) return [];
  const message = say(
    'fetches a program when it starts, which is not allowed here: install it with a lock file and run it from there',
    '会在启动时下载程序，此系统不允许：请连同锁文件预先安装，并从安装位置运行',
  );
  return [{ path: 'config.command', message }];
}
