import { Module } from '@nestjs/common';
import { AppSandbox } from './app-sandbox.js';

/** The origin on which MCP Apps are shown. */
@Module({ providers: [AppSandbox], exports: [AppSandbox] })
export class SandboxModule {}
