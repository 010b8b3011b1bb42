import { startConformanceFixture, type ConformanceEra, type RunningFixture } from '@gatehouse/testing';
import { startBearerProxy, type RunningProxy } from '../support/bearer-proxy.js';
import { addPerson, register, startProduct, type Product } from '../support/product.js';
import { readExpectations, type Expectations } from './expectations.js';
import { examineServer, type Findings, type Revision, type SuiteVersion } from './suite.js';

/** One run of the suite against a server. */
export interface ServerCell {
  suite: SuiteVersion;
  /** What the suite, as the client, speaks. */
  revision: Revision;
  /** What the service behind it speaks. */
  service: ConformanceEra;
  way: 'direct' | 'through Gatehouse';
  expected: Expectations;
}

const RUNS = [
  { suite: '0.2.0-alpha.12', revision: '2026-07-28', era: 'modern' },
  { suite: '0.2.0-alpha.12', revision: '2025-11-25', era: 'legacy' },
  { suite: '0.1.16', revision: '2025-11-25', era: 'legacy' },
] as const;

/** Every suite directly, through the gateway in its own era, and through the gateway to a service of the other era. */
export const SERVER_CELLS: ServerCell[] = RUNS.flatMap(({ suite, revision, era }): ServerCell[] => {
  const other = era === 'modern' ? 'legacy' : 'modern';
  const run = { suite, revision };
  const direct = suite === '0.1.16' ? readExpectations('suite-0.1.16-direct.yml') : new Map<string, string>();
  const crossed = readExpectations(`${era}-client-${other}-service.yml`);
  return [
    { ...run, service: era, way: 'direct', expected: direct },
    { ...run, service: era, way: 'through Gatehouse', expected: new Map() },
    { ...run, service: other, way: 'through Gatehouse', expected: crossed },
  ];
});

/** Gatehouse, a member who may use every service that is registered here, and what stands around it. */
export class Stage {
  private readonly running: (RunningFixture | RunningProxy)[] = [];

  private constructor(
    readonly product: Product,
    readonly keys: { manager: string; member: string },
  ) {}

  static async open(): Promise<Stage> {
    const product = await startProduct({ env: { GATEHOUSE_CALLS_PER_MINUTE: '100000' } });
    const scopes = ['services:read', 'services:write', 'grants:write'];
    const manager = await product.owner.withApiKey({ name: 'manager', scopes });
    const { caller } = await addPerson(product, 'member@example.org');
    const member = await caller.withApiKey({ name: 'conformance' });
    return new Stage(product, { manager: manager.secret, member: member.secret });
  }

  /** Each run has a service of its own: they change their lists. */
  async examine({ suite, revision, service, way }: ServerCell, slug: string): Promise<Findings> {
    const fixture = await this.keep(startConformanceFixture(service));
    if (way === 'direct') return examineServer(suite, revision, fixture.url);
    const { gatehouse, owner } = this.product;
    await register(owner, { name: slug, slug, type: 'http', url: fixture.url, config: { connect: 'at-start' } });
    const proxy = await this.keep(startBearerProxy(`${gatehouse.url}/mcp/s/${slug}`, this.keys.member));
    return examineServer(suite, revision, proxy.url);
  }

  async close(): Promise<void> {
    await this.product.gatehouse.stop();
    await Promise.all(this.running.map((each) => each.close()));
  }

  private async keep<T extends RunningFixture | RunningProxy>(starting: Promise<T>): Promise<T> {
    const started = await starting;
    this.running.push(started);
    return started;
  }
}
