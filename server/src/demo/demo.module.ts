import { Module } from '@nestjs/common';
import { SandboxModule } from '../sandbox/index.js';
import { DemoApp } from './demo-app.js';
import { DemoController } from './demo.controller.js';

/** The demo page. Left out where the operator does not want it. */
@Module({ imports: [SandboxModule], controllers: [DemoController], providers: [DemoApp] })
export class DemoModule {}
