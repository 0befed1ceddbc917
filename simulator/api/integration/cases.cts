/** The two endpoints for cases: the list of new and updated cases, and the update of a case. */

import type { Settings } from '../../world/settings.cts';
import type { World } from '../../world/world.cts';
import * as checks from './checks.cts';
import { withoutUndefined, type Endpoint, type Input } from './endpoint.cts';
import { invalid, success, type Envelope } from './envelope.cts';

const MAX_LIMIT = 100;
const UPDATED = 'Case updated successfully';

export const LIST_CASES: Endpoint = {
	method: 'GET',
	path: '/inbox/case/get_updated_list',
	run: listCases,
	pretendedData: { cases: [], hasMore: false, lastTimestamp: 0 },
};

export const UPDATE_CASE: Endpoint = {
	method: 'POST',
	path: '/inbox/case/update',
	run: updateCase,
	pretendedData: { success: true, message: UPDATED },
};

function listCases(world: World, { query }: Input): Envelope {
	const since = checks.queryInteger(query, 'since_timestamp', 'Since timestamp');
	if (since === undefined) throw invalid('Since timestamp is invalid', 'since_timestamp');
	const limit = checks.queryInteger(query, 'limit', 'Limit') ?? MAX_LIMIT;
	if (limit < 1 || limit > MAX_LIMIT) throw invalid('Limit is invalid', 'limit');

	const { cases, hasMore, newest } = world.cases.page(since, limit);
	if (newest !== null) return success({ cases, hasMore, lastTimestamp: newest });
	const lastTimestamps: Record<Settings['emptyLastTimestamp'], number | null | undefined> = {
		zero: 0,
		null: null,
		since,
		now: world.clock.now(),
		missing: undefined,
	};
	const data = {
		cases: world.settings.emptyCases === 'null' ? null : [],
		hasMore,
		lastTimestamp: lastTimestamps[world.settings.emptyLastTimestamp],
	};
	return success(withoutUndefined(data));
}

function updateCase(world: World, { body: fields }: Input): Envelope {
	const caseID = checks.requiredString(fields, 'caseID', 'Case ID');
	const change = withoutUndefined({
		agentRemark: checks.optionalString(fields, 'agentRemark', 'Agent remark'),
		isJunk: checks.optionalBoolean(fields, 'isJunk', 'Is junk'),
	});
	// The documentation of this endpoint lists no "not found", so an unknown case is an invalid parameter.
	if (!world.cases.get(caseID)) throw invalid('Case ID is invalid', 'caseID');
	if (Object.keys(change).length > 0) world.cases.update(caseID, change);
	return success({ success: true, message: UPDATED });
}
