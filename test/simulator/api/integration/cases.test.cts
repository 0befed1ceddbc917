/** The endpoints for cases: which parameters they refuse, the documented shape of a case, and its update. */

import { UPDATE, useSimulator, type CaseList } from '../../harness.cts';
import { NO_ERROR, UUID, invalid } from './expected.cts';

const api = useSimulator();

describe('get_updated_list', () => {
	const refused: Array<[query: string, message: string, field: string]> = [
		['', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=yesterday', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=-1', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=1.5', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=1&since_timestamp=2', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=1&limit=0', 'Limit is invalid', 'limit'],
		['?since_timestamp=1&limit=101', 'Limit is invalid', 'limit'],
		['?since_timestamp=1&limit=ten', 'Limit is invalid', 'limit'],
	];
	test.each(refused)('refuses "%s"', async (query, message, field) => {
		const response = await api.get(query);
		expect(response.status).toBe(200);
		expect(await response.json()).toEqual(invalid(message, field));
	});

	test('returns a case in the documented shape', async () => {
		api.sim.setClock(1_700_000_000_000);
		const { id } = api.sim.createCase({
			contact: { fullName: 'Sari', phone: '628111222333' },
			firstMessage: 'Hi',
		});
		const envelope = (await (await api.get('?since_timestamp=0')).json()) as { data: CaseList };
		expect(envelope).toEqual({
			status: 200,
			error: NO_ERROR,
			data: {
				cases: [
					{
						id,
						contact: {
							id: expect.stringMatching(UUID),
							fullName: 'Sari',
							alias: '',
							email: '',
							phone: '628111222333',
							agentRemark: '',
							createdTime: 1_700_000_000_000,
							updatedTime: 0,
						},
						agent: { email: '', fullName: '' },
						firstMessage: 'Hi',
						isClosed: false,
						isJunk: false,
						agentRemark: '',
						createdTime: 1_700_000_000_000,
						updatedTime: 1_700_000_000_000,
					},
				],
				hasMore: false,
				lastTimestamp: 1_700_000_000_000,
			},
		});
		expect(Object.keys(envelope.data.cases[0])).toEqual([
			'id',
			'contact',
			'agent',
			'firstMessage',
			'isClosed',
			'isJunk',
			'agentRemark',
			'createdTime',
			'updatedTime',
		]);
	});

	test('returns 100 cases without a limit', async () => {
		api.sim.bulk(101);
		const data = await api.list(0);
		expect(data.cases).toHaveLength(100);
		expect(data.hasMore).toBe(true);
	});
});

describe('case/update', () => {
	const refused: Array<[change: object, message: string, field: string]> = [
		[{ caseID: undefined }, 'Case ID is required', 'caseID'],
		[{ caseID: 5 }, 'Case ID is invalid', 'caseID'],
		[{ caseID: 'FFFFFFFFFF' }, 'Case ID is invalid', 'caseID'],
		[{ agentRemark: 5 }, 'Agent remark is invalid', 'agentRemark'],
		[{ isJunk: 'true' }, 'Is junk is invalid', 'isJunk'],
	];
	test.each(refused)('refuses %p', async (change, message, field) => {
		const { id } = api.sim.createCase();
		expect(await api.postJson(UPDATE, { caseID: id, isJunk: true, ...change })).toEqual(
			invalid(message, field),
		);
		expect(api.sim.versions).toHaveLength(1);
	});

	test('changes only the given fields, and sets a new updatedTime', async () => {
		const { id, updatedTime } = api.sim.createCase({ agentRemark: 'kept' });
		expect(await api.postJson(UPDATE, { caseID: id, isJunk: true })).toEqual({
			status: 200,
			error: NO_ERROR,
			data: { success: true, message: 'Case updated successfully' },
		});
		expect(api.sim.cases[0]).toMatchObject({ agentRemark: 'kept', isJunk: true });
		expect(api.sim.cases[0].updatedTime).toBeGreaterThan(updatedTime);
		await api.postJson(UPDATE, { caseID: id, agentRemark: '', isJunk: false });
		expect(api.sim.cases[0]).toMatchObject({ agentRemark: '', isJunk: false });
	});

	test('succeeds without a change if no field is given', async () => {
		const { id } = api.sim.createCase();
		expect((await api.postJson(UPDATE, { caseID: id })).data.success).toBe(true);
		expect(api.sim.versions).toHaveLength(1);
	});
});
