import type { ForeignObject, ToolDefinition } from '../services/index.js';

/** Older services write the address of the app here, beside `_meta.ui.resourceUri`. */
export const FLAT_APP_KEY = 'ui/resourceUri';

const APP_SCHEME = /^ui:\/\/./i;

/** Whether a URI, or a template of one, is that of an app. */
export const isAppUri = (uri: string): boolean => APP_SCHEME.test(uri);

/** The app that shows what a tool answers, as the service addresses it; undefined: there is none. Foreign text. */
export function appUriOf({ _meta }: ToolDefinition): string | undefined {
  const uri = uiOf(_meta)?.['resourceUri'] ?? _meta?.[FLAT_APP_KEY];
  return typeof uri === 'string' && isAppUri(uri) ? uri : undefined;
}

/** Whether the service means a tool for models, too: all are, but those that say that they are for apps only. */
export const isForModels = (tool: ToolDefinition): boolean => isVisibleTo(tool, 'model');

/** Whether an app of the same service may call a tool. */
export const isForApps = (tool: ToolDefinition): boolean => isVisibleTo(tool, 'app');

function isVisibleTo({ _meta }: ToolDefinition, audience: 'model' | 'app'): boolean {
  const visibility = uiOf(_meta)?.['visibility'];
  return !Array.isArray(visibility) || visibility.includes(audience);
}

function uiOf(meta: ForeignObject | undefined): ForeignObject | undefined {
  const ui = meta?.['ui'];
  return typeof ui === 'object' && ui !== null ? (ui as ForeignObject) : undefined;
}
