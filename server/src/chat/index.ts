export { ChatModule } from './chat.module.js';
export { ConversationRow } from './conversation.entity.js';
export { MessageRow } from './message.entity.js';
