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

/** Gatehouse, and what stands around it. Everyone may use every service that is registered here. */
export class Stage {
  private readonly running: (RunningFixture | RunningProxy)[] = [];

  private constructor(
    readonly product: Product,
    /** Of one who registers services. */
    readonly managerKey: string,
  ) {}

  static async open(): Promise<Stage> {
    const product = await startProduct({ env: { GATEHOUSE_CALLS_PER_MINUTE: '100000' } });
    const scopes = ['services:read', 'services:write', 'grants:write'];
    const manager = await product.owner.withApiKey({ name: 'manager', scopes });
    return new Stage(product, manager.secret);
  }

  /** A key of somebody new: what one run leaves behind must not count against the next. */
  async newKey(name: string): Promise<string> {
    const { caller } = await addPerson(this.product, `${name}@example.org`);
    return (await caller.withApiKey({ name })).secret;
  }

  /** Each run has a service of its own: it changes its lists. */
  async examine({ suite, revision, service, way }: ServerCell, slug: string): Promise<Findings> {
    const fixture = await this.keep(startConformanceFixture(service));
    if (way === 'direct') return examineServer(suite, revision, fixture.url);
    const { gatehouse, owner } = this.product;
    await register(owner, { name: slug, slug, type: 'http', url: fixture.url, config: { connect: 'at-start' } });
    const key = await this.newKey(slug);
    const proxy = await this.keep(startBearerProxy(`${gatehouse.url}/mcp/s/${slug}`, key));
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
