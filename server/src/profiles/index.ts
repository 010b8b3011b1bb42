import './events.js';

export { ProfileContents } from './contents/profile-contents.js';
export type { ProfileTool } from './contents/profile-tools.js';
export type { ProfileDefinition } from './definition.js';
export { ProfilesModule } from './profiles.module.js';
export { DEFAULT_RESULTS, LONGEST_QUERY, MOST_RESULTS, SEARCH_TOOLS } from './search/search-tools.js';
export { ToolSearch } from './search/tool-search.js';
export { PROFILE_ENTITIES } from './store/entities.js';
export { ProfileDirectory } from './store/profile-directory.js';
