import { Injectable } from '@nestjs/common';
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { AccessAction } from '../auth/index.js';
import { ClientManager } from '../clients/index.js';
import { AppError } from '../platform/index.js';
import { AccessPolicy, ServiceDirectory, type ServiceDefinition, type ToolDefinition } from '../services/index.js';
import type { AnswerSource } from './cache/answer-source.js';
import { keepingOf } from './cache/tool-keeping.js';
import { FirstLook } from './first-look.js';
import { ApprovalGate } from './path/approval-gate.js';
import { CallPath } from './path/call-path.js';
import type { CallOrigin, CallPlan, CallTiming, Dispatch } from './path/call-plan.js';
import { ToolDirectory, type ToolView } from './tool-directory.js';
import { ArgumentValidator } from './validation/argument-validator.js';
import { ResultValidator, isPromising } from './validation/result-validator.js';

/** A tool call, as a door hands it in. */
export interface CallRequest extends CallOrigin {
  /** Id or slug. */
  readonly serviceId: string;
  /** The tool's own name, exact and case-sensitive. */
  readonly tool: string;
  readonly arguments: unknown;
}

export interface CallAnswer extends AnswerSource {
  readonly callId: string;
  /** The service's answer, unchanged but for the filter; a tool's own failure is an answer with `isError`. */
  readonly result: CallToolResult;
  readonly durationMs: number;
  readonly timing: CallTiming;
}

/** Calls tools. Every door ends here: resolves the tool, then hands the call to the one path. */
@Injectable()
export class ToolInvoker {
  constructor(
    private readonly services: ServiceDirectory,
    private readonly directory: ToolDirectory,
    private readonly path: CallPath,
    private readonly approval: ApprovalGate,
    private readonly validator: ArgumentValidator,
    private readonly results: ResultValidator,
    private readonly clients: ClientManager,
    private readonly access: AccessPolicy,
    private readonly look: FirstLook,
  ) {}

  /**
   * @throws {AppError} `tool_not_found` for what does not exist and for what is not the caller's alike · `access_denied` ·
   * `permission_missing` · `tool_held` for whoever tests it · `service_disabled` · `approval_required` · `too_many_calls` · `arguments_invalid` ·
   * `tool_schema_unusable` · `audit_unavailable` · `call_cancelled` · `output_too_large` ·
   * `tool_result_invalid` · the `upstream_…` codes
   */
  async invoke(request: CallRequest): Promise<CallAnswer> {
    const service = this.services.find(request.serviceId);
    if (!service) throw await this.refuseUnknown(request, request.serviceId, request.tool);
    const unreached = await this.firstLook(request, service);
    const { answer, ...rest } = await this.path.run(this.planOf(request, service, unreached));
    return { ...rest, result: answer };
  }

  /**
   * Decides anew on a call that was answered before; whether the tool is still there is nothing to its answer.
   *
   * @throws {AppError} what `invoke` would refuse with, on record as a refusal
   */
  async decideAgain(request: CallRequest): Promise<void> {
    const service = this.services.find(request.serviceId);
    if (!service) throw await this.refuseUnknown(request, request.serviceId, request.tool);
    await this.path.decide({ ...this.planOf(request, service), exists: true });
  }

  /** Records a call of something that no service offers. @returns the error to answer with */
  refuseUnknown(origin: CallOrigin & { arguments: unknown }, serviceName: string, tool: string): Promise<AppError> {
    const intent = {
      door: origin.door,
      principal: origin.principal,
      service: { id: null, name: serviceName },
      tool,
      ...(origin.chatId && { chatId: origin.chatId }),
      ...(origin.via && { profile: origin.via.name }),
      arguments: origin.arguments,
    };
    return this.path.refuse(intent, notFound(tool));
  }

  /** Waits for the lists of a service that was never reached, if this call would be allowed. */
  async meet(call: Pick<CallRequest, 'principal' | 'door' | 'via' | 'serviceId' | 'tool'>): Promise<void> {
    const service = this.services.find(call.serviceId);
    if (service) await this.firstLook(call, service);
  }

  /** Only for somebody who may use the tool if it exists: nobody else makes us connect. */
  private async firstLook(
    call: Pick<CallRequest, 'principal' | 'door' | 'via' | 'tool'>,
    service: ServiceDefinition,
  ): Promise<AppError | undefined> {
    const object = { serviceId: service.id, want: { tool: call.tool }, via: call.via };
    return this.access.decide(call.principal, actionOf(call), object).allowed ? this.look.at(service) : undefined;
  }

  /** @param unreached why it is not known what the service offers; the call then ends with it, on record like any other */
  private planOf(request: CallRequest, service: ServiceDefinition, unreached?: AppError): CallPlan<CallToolResult> {
    const tool = this.directory.find(service.id, request.tool);
    const promise = tool && isPromising(tool.definition) ? tool.definition : undefined;
    return {
      origin: request,
      service,
      label: request.tool,
      arguments: request.arguments,
      action: actionOf(request),
      object: { serviceId: service.id, want: { tool: request.tool } },
      exists: unreached !== undefined || tool?.isHeld === false,
      hidden: () => (tool?.isHeld && request.door === 'test' ? held(request.tool) : notFound(request.tool)),
      ...(tool?.isHeld && { withheld: 'held for review' }),
      approve: () => tool && this.approval.check(request.tool, tool.policy.approval, request.door),
      validate: async () => tool && this.validate(tool.definition, request.arguments),
      send: (dispatch) => (unreached ? Promise.reject(unreached) : this.send(service, tool, request, dispatch)),
      keeping: tool && keepingOf(tool, request),
      ...(promise && { judge: (result) => this.results.check(promise, result) }),
      isFailure: (result) => result.isError === true,
    };
  }

  private async validate(tool: ToolDefinition, args: unknown): Promise<void> {
    await this.validator.check(tool, args);
    if (isPromising(tool)) await this.results.prepare(tool);
  }

  private send(
    service: ServiceDefinition,
    tool: ToolView | undefined,
    request: CallRequest,
    dispatch: Dispatch,
  ): Promise<CallToolResult> {
    if (!tool) throw notFound(request.tool);
    return this.clients.callTool(service.id, tool.definition, request.arguments as Record<string, unknown>, dispatch);
  }
}

const actionOf = ({ door }: Pick<CallRequest, 'door'>): AccessAction => (door === 'test' ? 'test' : 'use');

/** Only for those who may test: to everybody else it does not exist. */
const held = (tool: string): AppError => new AppError('tool_held', { details: { tool } });

const notFound = (tool: string): AppError => new AppError('tool_not_found', { details: { tool } });
