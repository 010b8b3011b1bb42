import { jest } from '@jest/globals';

// A story starts real processes: the product, MCP servers, sometimes a second client.
jest.setTimeout(90_000);
