import { DataSource } from 'typeorm';
import { CallJournal } from './index.js';
import { RunningProduct } from '../spec/running-product.js';
import { intentOf } from './audit.fixture.js';

interface Events {
  items: { action: string; changes: unknown }[];
}

describe('the routes of the record', () => {
  let product: RunningProduct;
  let journal: CallJournal;

  beforeAll(async () => {
    product = await RunningProduct.start();
    journal = product.app.get(CallJournal);
    for (const text of ['=HYPERLINK("http://evil")', '+1', 'plain "text"'])
      await journal.refuse(intentOf('li', { tool: text, arguments: { text } }), { code: 'tool_not_found' });
    await journal.refuse(intentOf('wang', { tool: 'other' }), { code: 'tool_not_found' });
  });

  afterAll(() => product.stop());

  const file = async (query: string, who = product.owner) => {
    const response = await who.fetch('GET', `/api/audit/calls/export?${query}`);
    return { response, text: await response.text() };
  };

  it('give calls as CSV in which no cell is a formula', async () => {
    const { response, text } = await file('format=csv&userId=li');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="gatehouse-calls-[\d-]+\.csv"$/);
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(text).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(text).toContain(`"'+1"`);
    expect(text).not.toMatch(/(^|,)"?[=+@-]/m);
  });

  it('give calls as JSON lines, through the filters of the list', async () => {
    const { text } = await file('format=jsonl&userId=wang');
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([{ tool: 'other', user: { id: 'wang' }, request: { city: 'Bern' } }]);
  });

  it('write an export down on the trail, with what was asked for', async () => {
    await file('format=csv&tool=other');
    const { items } = await product.owner.call<Events>('GET', '/api/audit/events?action=audit.export');
    expect(items[0]).toMatchObject({ action: 'audit.export', changes: { format: 'csv', tool: 'other' } });
  });

  it.each(['format=xlsx', 'format=csv&limit=5', 'format=csv&status=odd', ''])(
    'refuse an export with %j',
    async (query) => {
      expect((await file(query)).response.status).toBe(400);
    },
  );

  it('give no export to members', async () => {
    const member = await product.addPerson('member');
    expect((await file('format=csv', product.callerOf(member))).response.status).toBe(403);
  });

  it('say of a call whether it is what was written', async () => {
    const id = await journal.begin(intentOf('li'));
    const seal = async () => (await product.owner.call<{ seal: string }>('GET', `/api/audit/calls/${id}`)).seal;
    expect(await seal()).toBe('valid');
    await journal.finish(id, { status: 'success', durationMs: 1 });
    expect(await seal()).toBe('valid');
    const database = product.app.get(DataSource);
    const set = (changes: string) => database.query(`UPDATE mcp_service_usage SET ${changes} WHERE id = ?`, [id]);
    await set(`status = 'error'`);
    expect(await seal()).toBe('broken');
    await set(`status = 'success'`);
    await set(`opened_mark = NULL, closed_mark = NULL`);
    expect(await seal()).toBe('none');
  });

  it('say whether the newest part of the record is right, and where it is not', async () => {
    const look = () => product.owner.call('GET', '/api/audit/verify');
    expect(await look()).toMatchObject({ valid: false, chains: [{ fault: { kind: 'record-altered' } }] });
    await product.app.get(DataSource).query(`DELETE FROM mcp_service_usage WHERE opened_mark IS NULL`);
    expect(await look()).toMatchObject({ valid: false, chains: [{ fault: { kind: 'record-missing' } }] });
  });
});
