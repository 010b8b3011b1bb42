import type { JobChangedEvent } from '@gatehouse/contracts';

declare module '../platform/events/event-bus.js' {
  interface DomainEvents {
    /** A job began, moved on or ended. */
    'job.changed': JobChangedEvent & { ownerId: string; credentialId: string };
    /** A job waits to be run. */
    'job.queued': { jobId: string };
    /** Somebody wants a job stopped that runs. */
    'job.cancel-requested': { jobId: string };
  }
}

export {};
