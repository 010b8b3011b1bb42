/** Where to go after an entrance page: only an address inside the console is followed. */
export const insideTarget = (next: string | undefined): string =>
  next?.startsWith('/') && !next.startsWith('//') ? next : '/';
