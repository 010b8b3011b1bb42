export { featuresAsked } from './app-policy.js';
export { AppSandbox } from './app-sandbox.js';
export { SandboxModule } from './sandbox.module.js';
