declare module '../platform/events/event-bus.js' {
  interface DomainEvents {
    /** A provider was created, changed or removed. */
    'llm.changed': { providerId: string };
  }
}

export {};
