import { jobsApi, type Job } from '@gatehouse/api-client';
import { FakeServer, Refusal } from '../../testing/fake-server';
import { JobsStore, NO_JOB_FILTERS } from './jobs-store';

const job = (change: Partial<Job> = {}): Job => ({ id: 'a', status: 'running', progress: null, ...change }) as Job;

describe('the jobs', () => {
  it('are asked for with the filters that are set; those of everybody only on request', async () => {
    const server = new FakeServer({ 'GET /api/jobs': () => ({ items: [], nextCursor: null }) });
    const store = new JobsStore(jobsApi(server.http));
    await store.search(NO_JOB_FILTERS);
    await store.search({ status: 'failed', whose: 'all' });
    expect(server.asked).toEqual(['GET /api/jobs', 'GET /api/jobs?status=failed&everybody=true']);
  });

  it('show progress at once, and are read again when one began or ended', async () => {
    const server = new FakeServer({ 'GET /api/jobs': () => ({ items: [job()], nextCursor: null }) });
    const store = new JobsStore(jobsApi(server.http));
    await store.search(NO_JOB_FILTERS);
    store.note({ jobId: 'a', status: 'running', progress: { progress: 2, total: 5 } });
    expect(store.jobs.items()[0]?.progress).toEqual({ progress: 2, total: 5 });
    expect(server.asked).toHaveLength(1);
    store.note({ jobId: 'b', status: 'queued', progress: null });
    store.close();
    expect(server.asked).toHaveLength(2);
  });

  it('say why one could not be stopped, and keep it open', async () => {
    const server = new FakeServer({
      'GET /api/jobs/a': () => job(),
      'POST /api/jobs/a/cancel': () => new Refusal(404, 'not_found'),
    });
    const store = new JobsStore(jobsApi(server.http));
    await store.open('a');
    expect(await store.cancel('a')).toBe(false);
    expect([store.cancelling.error()?.code, store.detail.value()?.id]).toEqual(['not_found', 'a']);
  });
});
