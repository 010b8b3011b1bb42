import type { Job, JobDetail, JobsApi } from '@gatehouse/api-client';
import type { JobChangedEvent } from '@gatehouse/contracts';
import { coalesce } from '../ui/coalesce';
import { Deed } from '../ui/deed';
import { PagedList } from '../ui/paged-list';
import { Remote } from '../ui/remote';

/** As they stand in the address. */
export interface JobFilters extends Record<string, string> {
  status: string;
  whose: string;
}

export const NO_JOB_FILTERS: JobFilters = { status: '', whose: 'mine' };

const RELOAD_PAUSE_MS = 600;

/** Whether a job may still be stopped. */
export const isUnderWay = ({ status }: Pick<Job, 'status'>): boolean => status === 'queued' || status === 'running';

/** Jobs, and the one that is open; both follow what happens. */
export class JobsStore {
  readonly jobs = new PagedList<Job>();
  readonly detail = new Remote<JobDetail>();
  readonly cancelling = new Deed();
  private readonly rereading = coalesce(() => void this.refresh(), RELOAD_PAUSE_MS);
  private readonly reopening = coalesce(() => void this.detail.reload(), RELOAD_PAUSE_MS);

  constructor(private readonly api: JobsApi) {}

  async search({ status, whose }: JobFilters): Promise<void> {
    const query = { status, everybody: whose === 'all' ? true : undefined };
    await this.jobs.load((cursor, signal) => this.api.list({ ...query, cursor }, signal), { fresh: true });
  }

  refresh(): Promise<void> {
    return this.jobs.reload();
  }

  async open(jobId: string): Promise<void> {
    this.detail.clear();
    this.cancelling.reset();
    await this.detail.load((signal) => this.api.get(jobId, signal));
  }

  /** Progress goes into the row at once; what began or ended is read again, because more than its state changed. */
  note({ jobId, status, progress }: JobChangedEvent): void {
    const known = this.jobs.items().find(({ id }) => id === jobId);
    if (!known || known.status !== status) this.rereading.request();
    else this.jobs.update((jobs) => jobs.map((job) => (job.id === jobId ? { ...job, progress } : job)));
    if (this.detail.value()?.id === jobId) this.reopening.request();
  }

  /** Asks for the end of the open job. The refusal is in `cancelling`. */
  cancel(jobId: string): Promise<boolean> {
    return this.cancelling.run(async () => {
      this.detail.set(await this.api.cancel(jobId));
      await this.refresh();
    });
  }

  close(): void {
    this.rereading.cancel();
    this.reopening.cancel();
  }
}
