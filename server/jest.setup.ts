import { jest } from '@jest/globals';

// Specs start databases and whole applications; on a busy machine that takes its time.
jest.setTimeout(60_000);
