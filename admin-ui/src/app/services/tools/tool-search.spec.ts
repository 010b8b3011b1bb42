import type { Tool } from '@gatehouse/api-client';
import { hintsOf, searchTools } from './tool-search';

const tool = (change: Partial<Tool>): Tool => ({ name: 'x', title: null, description: null, ...change }) as Tool;

describe('searching tools', () => {
  const tools = [tool({ name: 'read_file', description: 'Reads a file' }), tool({ name: 'move', title: 'Move File' })];

  it('finds all words wherever they stand, whatever their case', () => {
    expect(searchTools(tools, 'FILE').map((one) => one.name)).toEqual(['read_file', 'move']);
    expect(searchTools(tools, 'file read').map((one) => one.name)).toEqual(['read_file']);
  });

  it('shows everything while nothing is searched', () => {
    expect(searchTools(tools, '  ')).toHaveLength(2);
  });
});

describe('the hints of a tool', () => {
  it('are those that are set to yes or no; anything else a service writes is passed over', () => {
    const annotations = { readOnlyHint: true, destructiveHint: 'no', idempotentHint: false, other: true };
    expect(hintsOf(tool({ annotations }))).toEqual([
      { name: 'readOnlyHint', on: true },
      { name: 'idempotentHint', on: false },
    ]);
  });
});
