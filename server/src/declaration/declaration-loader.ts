import { readFile } from 'node:fs/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, ConfigError, Scrubber, type Config } from '../platform/index.js';
import { Declarer } from './declarer.js';
import { readDeclaration } from './read-declaration.js';

/** Applies the file that `GATEHOUSE_CONFIG` names, at each start, before anybody is served. */
@Injectable()
export class DeclarationLoader implements OnApplicationBootstrap {
  private readonly logger = new Logger('Declaration');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly declarer: Declarer,
    private readonly scrubber: Scrubber,
  ) {}

  /** @throws {ConfigError} the file is missing, or wrong; the process then ends with 78 */
  async onApplicationBootstrap(): Promise<void> {
    const { declarationFile } = this.config;
    if (declarationFile === undefined) return;
    const declaration = await readDeclaration(declarationFile, await textOf(declarationFile), process.env);
    for (const secret of declaration.secrets) this.scrubber.learn(secret);
    const summary = await this.declarer.apply(declaration);
    this.logger.log({ ...summary, msg: `Applied ${declarationFile}.` });
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError([`GATEHOUSE_CONFIG: ${(error as Error).message}`]);
  }
}
