declare module '../platform/events/event-bus.js' {
  interface DomainEvents {
    /** A rule was made, changed or removed; published after the commit, once calls know. */
    'limits.changed': Record<string, never>;
  }
}
