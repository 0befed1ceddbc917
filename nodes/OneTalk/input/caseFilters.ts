/** The filters for cases, as one test of a case. */

import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../api/text';
import type { OneTalkCase } from '../api/types';
import { InvalidInput } from './invalid';
import { requiredPhone } from './phone';
import { requiredTime } from './time';
import { optionalText, textList } from './values';

/** The word that stands for a case without an agent in the filter for agents. */
const UNASSIGNED = 'unassigned';

/** Whether a case is wanted. */
export type Filter = (record: OneTalkCase) => boolean;

/**
 * The filters as one test. A filter that is not set matches every case.
 *
 * @param options of the node; they may name the country code of national numbers
 * @param timezone of the workflow, for a date without one
 * @throws {InvalidInput} naming the filter that cannot be used
 */
export function parseFilters(filters: IDataObject, options: IDataObject, timezone: string): Filter {
	const all = [
		statusFilter(filters.status),
		junkFilter(filters.junk),
		agentFilter(filters.agentEmail),
		phoneFilter(filters.phone, options),
		createdFilter(filters.createdAfter, timezone),
	].filter((filter) => filter !== undefined);
	return (record) => all.every((filter) => filter(record));
}

function statusFilter(value: unknown): Filter | undefined {
	const wanted = choice('status', value, ['open', 'closed']);
	return wanted && (({ isClosed }) => (isClosed === true) === (wanted === 'closed'));
}

function junkFilter(value: unknown): Filter | undefined {
	const wanted = choice('junk', value, ['exclude', 'only']);
	return wanted && (({ isJunk }) => (isJunk === true) === (wanted === 'only'));
}

function agentFilter(value: unknown): Filter | undefined {
	const wanted = new Set(textList('agentEmail', value).map((email) => email.toLowerCase()));
	if (wanted.size === 0) return undefined;
	return ({ agent }) => {
		const email = isRecord(agent) && typeof agent.email === 'string' ? agent.email.trim() : '';
		return wanted.has(email === '' ? UNASSIGNED : email.toLowerCase());
	};
}

function phoneFilter(value: unknown, options: IDataObject): Filter | undefined {
	const wanted = new Set(textList('phone', value).map((phone) => requiredPhone(phone, options)));
	if (wanted.size === 0) return undefined;
	return ({ contact }) => isRecord(contact) && wanted.has(phoneOf(contact.phone, options));
}

/** A contact's number in the form of those that are sent, where it can be brought into it. */
function phoneOf(value: unknown, options: IDataObject): string {
	try {
		return requiredPhone(value, options);
	} catch {
		return '';
	}
}

function createdFilter(value: unknown, timezone: string): Filter | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const after = requiredTime('createdAfter', value, timezone);
	return ({ createdTime }) => (createdTime ?? 0) > after;
}

function choice<T extends string>(parameter: string, value: unknown, choices: T[]): T | undefined {
	const text = optionalText(parameter, value);
	if (text === '') return undefined;
	const chosen = choices.find((one) => one === text);
	if (chosen === undefined) throw new InvalidInput(parameter, `(${text}) must be ${choices.join(' or ')}`);
	return chosen;
}
