import presets from 'jest-preset-angular/presets/index.js';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 9))
  throw new Error('Tests need Node 24.9 or newer: run them with `npm test`.');

const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2023',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

const moduleNameMapper = {
  '^@gatehouse/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
  '^(\\.{1,2}/.*)\\.js$': '$1',
};

const node = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper,
  setupFiles: ['<rootDir>/jest.setup.mjs'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/'],
};

export default {
  // Modules loaded as ES modules are never given back; a worker that has grown starts anew.
  workerIdleMemoryLimit: '1200MB',
  projects: [
    {
      ...node,
      displayName: 'server',
      testMatch: ['<rootDir>/{server,libs/contracts,libs/api-client,libs/testing,migrations,scripts}/**/*.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/server/jest.setup.ts'],
      // `npm test` says that they were left out, and why.
      testPathIgnorePatterns: process.env.TEST_REDIS_URL ? [] : ['\\.redis\\.spec\\.ts$'],
    },
    {
      ...node,
      displayName: 'e2e',
      testMatch: ['<rootDir>/e2e/{api,mcp,hostile}/**/*.e2e-spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/e2e/jest.setup.ts'],
    },
    {
      ...node,
      displayName: 'conformance',
      testMatch: ['<rootDir>/e2e/conformance/**/*.e2e-spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/e2e/jest.setup.ts'],
    },
    {
      ...presets.createEsmPreset({ tsconfig: '<rootDir>/admin-ui/tsconfig.spec.json' }),
      displayName: 'admin-ui',
      testMatch: ['<rootDir>/admin-ui/**/*.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/admin-ui/jest.setup.ts'],
      moduleNameMapper,
      modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/'],
    },
    {
      ...node,
      setupFiles: ['<rootDir>/libs/chat-widget/jest.setup.mjs'],
      displayName: 'widget',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/libs/chat-widget/**/*.spec.ts'],
    },
  ],
};
