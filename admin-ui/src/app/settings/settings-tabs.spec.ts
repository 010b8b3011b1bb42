import { ROLE_PRESETS } from '@gatehouse/contracts';
import { visibleTabs } from './settings-tabs';

it('the settings show only what one may open', () => {
  expect(visibleTabs(new Set(ROLE_PRESETS.owner)).map((tab) => tab.path)).toEqual([
    'models',
    'embedding',
    'limits',
    'account',
  ]);
  expect(visibleTabs(new Set(ROLE_PRESETS.member)).map((tab) => tab.path)).toEqual(['account']);
});
