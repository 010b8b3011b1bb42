export { GatewayEdge } from './gateway-edge.js';
export { GatewayModule } from './gateway.module.js';
