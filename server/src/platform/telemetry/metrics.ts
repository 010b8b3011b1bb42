import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Prometheus metrics of this process. Label values come from closed lists, never from callers. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly calls = new Counter({
    name: 'gatehouse_tool_calls_total',
    help: 'Finished tool calls by door and outcome',
    labelNames: ['door', 'status'] as const,
    registers: [this.registry],
  });

  readonly callSeconds = new Histogram({
    name: 'gatehouse_tool_call_seconds',
    help: 'Duration of tool calls in seconds, by door',
    labelNames: ['door'] as const,
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    registers: [this.registry],
  });

  readonly services = new Gauge({
    name: 'gatehouse_services',
    help: 'Registered services by health state',
    labelNames: ['state'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'gatehouse_' });
  }
}
