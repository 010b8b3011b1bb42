import { Component, DestroyRef, computed, effect, inject, untracked } from '@angular/core';
import { jobsApi } from '@gatehouse/api-client';
import { JOB_STATUSES } from '@gatehouse/contracts';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../api/http';
import { Live } from '../live/live';
import { Session } from '../session/session';
import { Icon } from '../ui/icon';
import { ListState } from '../ui/list-state';
import { LoadMore } from '../ui/load-more';
import { PageHeader } from '../ui/page-header';
import { RelativeTime } from '../ui/relative-time';
import { Segments } from '../ui/segments';
import { urlFilters } from '../ui/url-filters';
import { JobDrawer } from './job-drawer';
import { JobProgressBar, JobStatusChip } from './job-parts';
import { JobsStore, NO_JOB_FILTERS } from './jobs-store';

/** Jobs as a list that follows what happens; whoever manages jobs may see those of everybody. */
@Component({
  selector: 'gh-jobs-page',
  imports: [
    TranslocoDirective,
    NzButtonComponent,
    Icon,
    ListState,
    LoadMore,
    PageHeader,
    RelativeTime,
    Segments,
    JobDrawer,
    JobProgressBar,
    JobStatusChip,
  ],
  templateUrl: './jobs-page.html',
})
export default class JobsPage {
  private readonly session = inject(Session);

  protected readonly store = new JobsStore(jobsApi(inject(HTTP)));
  protected readonly filters = urlFilters(NO_JOB_FILTERS);
  /** The open job. */
  protected readonly address = urlFilters({ job: '' });
  protected readonly statuses = JOB_STATUSES;
  protected readonly whose = ['mine', 'all'];
  protected readonly managesAll = computed(() => this.session.may('jobs:manage'));

  constructor() {
    effect(() => {
      const filters = this.filters.value();
      void untracked(() => this.store.search(filters));
    });
    effect(() => {
      const { job } = this.address.value();
      if (job) void untracked(() => this.store.open(job));
    });
    const stop = inject(Live).on('job.changed', (event) => this.store.note(event));
    inject(DestroyRef).onDestroy(() => {
      stop();
      this.store.close();
    });
  }
}
