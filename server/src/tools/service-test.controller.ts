import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, RequirePermission, holds, type Principal } from '../auth/index.js';
import { ClientManager, ServiceProber, type Frame as RawFrame, type Target } from '../clients/index.js';
import { AppError, RequestContext, Scrubber } from '../platform/index.js';
import { DraftReader, Service, ServicePresenter, ServiceVisibility, authorOf } from '../services/index.js';
import { goneSignal } from './gone-signal.js';
import { mapTexts } from './path/plain-text.js';
import { DraftTest, TestCall, TestCallResult, TestReport } from './service-test.dto.js';
import { ToolInvoker } from './tool-invoker.js';

/** The test panel: tries services and drafts, and calls single tools with everything shown. */
@ApiTags('services')
@Controller('api/mcp/services')
export class ServiceTestController {
  constructor(
    private readonly visibility: ServiceVisibility,
    private readonly drafts: DraftReader,
    private readonly prober: ServiceProber,
    private readonly clients: ClientManager,
    private readonly presenter: ServicePresenter,
    private readonly invoker: ToolInvoker,
    private readonly scrubber: Scrubber,
  ) {}

  /** Tries a draft that is not saved. A local command takes services:stdio as well. */
  @Post('test')
  @HttpCode(200)
  @RequirePermission('services:test')
  @ApiOkResponse({ type: TestReport })
  async testDraft(
    @Caller() caller: Principal,
    @Body() { draft, serviceId }: DraftTest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TestReport> {
    if (!holds(caller, 'services:write'))
      throw new AppError('permission_missing', { details: { permission: 'services:write' } });
    return this.probe(await this.drafts.rehearse(draft, serviceId, authorOf(caller)), response);
  }

  /** Tries a service on a connection of its own, step by step. */
  @Post(':id/test')
  @HttpCode(200)
  @RequirePermission('services:test')
  @ApiOkResponse({ type: TestReport })
  testService(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TestReport> {
    return this.probe(this.visibility.demand(caller, id), response);
  }

  /** Calls a tool without a grant, on record as a call from the test panel. */
  @Post(':id/test/call')
  @HttpCode(200)
  @RequirePermission('services:test')
  @ApiOkResponse({ type: TestCallResult })
  async testCall(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: TestCall,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TestCallResult> {
    const service = this.visibility.demand(caller, id);
    const messages: RawFrame[] = [];
    const { callId, result, durationMs, timing } = await this.invoker.invoke({
      principal: caller,
      door: 'test',
      serviceId: service.id,
      ...body,
      signal: goneSignal(response),
      onFrame: (frame) => messages.push(frame),
    });
    const { admissionMs: validateMs, upstreamMs } = timing;
    return { callId, result, durationMs, timing: { validateMs, upstreamMs }, messages: messages.map(this.masked) };
  }

  /** Gives the connection up and makes a new one at once. */
  @Post(':id/reconnect')
  @HttpCode(200)
  @RequirePermission('services:test')
  @ApiOkResponse({ type: Service })
  async reconnectService(@Caller() caller: Principal, @Param('id') id: string): Promise<Service> {
    const service = this.visibility.demand(caller, id);
    await this.clients.reconnect(service.id);
    return this.presenter.present(service, caller);
  }

  private async probe(target: Target, response: Response): Promise<TestReport> {
    const report = await this.prober.probe(target, RequestContext.current().language, goneSignal(response));
    const { stderr } = report;
    return {
      ...report,
      ...(stderr !== undefined && { stderr: this.scrubber.clean(stderr) }),
      messages: report.messages.map(this.masked),
    };
  }

  private readonly masked = ({ message, ...rest }: RawFrame): RawFrame => ({
    ...rest,
    message: mapTexts(message, (text) => this.scrubber.clean(text)),
  });
}
