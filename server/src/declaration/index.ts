export { DeclarationModule } from './declaration.module.js';
export { DeclaredItem } from './declared-item.entity.js';
