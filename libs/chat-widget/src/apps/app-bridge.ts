import { AppBridge, type McpUiHostContext } from '@modelcontextprotocol/ext-apps/app-bridge';
import type { CallToolResult, ReadResourceResult } from '@modelcontextprotocol/client';
import { boundedHeight, contextText, openableUrl, textOf } from './app-asks.js';
import type { AppApi } from './app-api.js';

export type DisplayMode = 'inline' | 'fullscreen';

/** What the app is told once it is ready to hear it. */
export interface ShownCall {
  readonly input: Record<string, unknown>;
  readonly output: CallToolResult;
}

/** What the page around an app does for it; a person is asked wherever something leaves the app. */
export interface AppPlaceholder {
  /** The app runs. */
  started(): void;
  resize(height: number): void;
  display(mode: DisplayMode): DisplayMode;
  /** @returns whether the person agreed; the address was opened then */
  askToOpen(url: string): Promise<boolean>;
  /** @returns whether the person agreed; the text was sent then */
  askToSay(text: string): Promise<boolean>;
  offer(text: string): void;
  end(): void;
}

/** What we can do for an app; it finds out before it asks. */
const ABILITIES = {
  openLinks: {},
  serverTools: {},
  serverResources: {},
  message: { text: {} },
  updateModelContext: { text: {}, structuredContent: {} },
};

/** The host's side of MCP Apps, between one app and the page around it. Nothing is told before the app says that it is ready. */
export function bridgeFor(
  html: string,
  call: ShownCall,
  api: AppApi,
  place: AppPlaceholder,
  hostContext: McpUiHostContext,
): AppBridge {
  const bridge = new AppBridge(null, { name: 'Gatehouse', version: '1.0.0' }, ABILITIES, { hostContext });
  bridge.onsandboxready = () => void bridge.sendSandboxResourceReady({ html });
  bridge.oninitialized = () => {
    place.started();
    void bridge.sendToolInput({ arguments: call.input });
    void bridge.sendToolResult(call.output);
  };
  bridge.oncalltool = async ({ name, arguments: args = {} }, { mcpReq }) =>
    (await api.call(name, args, mcpReq.signal)).result as CallToolResult;
  bridge.onreadresource = async ({ uri }, { mcpReq }) => (await api.read(uri, mcpReq.signal)) as ReadResourceResult;
  bridge.onopenlink = async ({ url }) => {
    const openable = openableUrl(url);
    return { isError: !openable || !(await place.askToOpen(openable)) };
  };
  bridge.onmessage = async ({ content }) => {
    const text = textOf(content);
    return { isError: !text || !(await place.askToSay(text)) };
  };
  bridge.onupdatemodelcontext = (update) => {
    place.offer(contextText(update));
    return Promise.resolve({});
  };
  bridge.onrequestdisplaymode = ({ mode }) =>
    Promise.resolve({ mode: place.display(mode === 'fullscreen' ? mode : 'inline') });
  bridge.onsizechange = ({ height }) => {
    const bounded = boundedHeight(height);
    if (bounded !== undefined) place.resize(bounded);
  };
  bridge.onrequestteardown = () => place.end();
  return bridge;
}
