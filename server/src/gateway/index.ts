export type { McpCaller } from './caller.js';
export { Catalogues } from './catalogue/catalogues.js';
export { GatewayEdge } from './gateway-edge.js';
export { GatewayModule } from './gateway.module.js';
export { Rehearsal } from './modern/rehearsal.js';
export { Tap, type TappedFrame } from './traffic/tap.js';
export { Traffic, type TrafficSource } from './traffic/traffic.js';
