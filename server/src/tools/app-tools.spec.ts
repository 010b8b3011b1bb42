import { appUriOf, isAppUri, isForApps, isForModels } from './app-tools.js';

const tool = (_meta?: Record<string, unknown>) => ({ name: 'clock', inputSchema: {}, ...(_meta && { _meta }) });

describe('the app of a tool', () => {
  it.each([
    [{ ui: { resourceUri: 'ui://clock/app.html' } }, 'ui://clock/app.html'],
    [{ 'ui/resourceUri': 'ui://clock/app.html' }, 'ui://clock/app.html'],
    [{ ui: { resourceUri: 'ui://new' }, 'ui/resourceUri': 'ui://old' }, 'ui://new'],
    [{ ui: { resourceUri: 'https://clock.example' } }, undefined],
    [{ ui: { resourceUri: 42 } }, undefined],
    [{ ui: null }, undefined],
    [{ ui: 'ui://clock' }, undefined],
    [undefined, undefined],
  ])('of %j is %j', (meta, uri) => expect(appUriOf(tool(meta))).toBe(uri));
});

describe('who a tool is for', () => {
  it.each([
    [undefined, true, true],
    [{ ui: {} }, true, true],
    [{ ui: { visibility: 'app' } }, true, true],
    [{ ui: { visibility: ['model', 'app'] } }, true, true],
    [{ ui: { visibility: ['app'] } }, false, true],
    [{ ui: { visibility: ['model'] } }, true, false],
    [{ ui: { visibility: [] } }, false, false],
  ])('%j: models %s, apps %s', (meta, models, apps) => {
    expect([isForModels(tool(meta)), isForApps(tool(meta))]).toEqual([models, apps]);
  });
});

describe('addresses of apps', () => {
  it.each([
    ['ui://clock/app.html', true],
    ['UI://clock', true],
    ['ui://', false],
    ['ui:clock', false],
    ['https://ui://x', false],
  ])('%s: %s', (uri, expected) => expect(isAppUri(uri)).toBe(expected));
});
