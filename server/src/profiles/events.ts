declare module '../platform/events/event-bus.js' {
  interface DomainEvents {
    /** Published here, after the commit: its contents, its grants or its settings. */
    'profile.changed': { profileId: string; change: 'created' | 'updated' | 'deleted' };
  }
}

export {};
