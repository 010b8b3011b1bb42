import type { Service, UsableTool } from '@gatehouse/api-client';
import { html, type TemplateResult } from 'lit';

import { localText, type Language } from '../text/dictionary.js';

export const serviceName = (service: Service, language: Language): string =>
  localText(service.displayName, language) || service.name;

export const toolTitle = (tool: UsableTool): string => tool.title || tool.name;

const HUES = 6;

/** The first character on a colour of its own, so that services are told apart at a glance. */
export function avatar(name: string): TemplateResult {
  const hue = [...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % HUES;
  return html`<span class="avatar hue-${hue}" aria-hidden="true">${[...name][0]?.toUpperCase()}</span>`;
}
