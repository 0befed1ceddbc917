import * as n8nWorkflow from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { withCode } from '../api/mask';
import type { Failure } from '../api/types';
import { labelOf } from './labels';
import type { Operation } from '../operations/operation';
import type { Job, Outcome } from './runJobs';

/**
 * n8n moves a failed item to the error output only if its JSON has no keys beyond the ones it knows, and it knows
 * `details` since 2.34. There is no version to ask for, but this function came with 2.35.
 */
const KNOWS_DETAILS = 'nodeParametersAreStatic' in n8nWorkflow;

/** The output items of a success, with the finished message where it is wanted; a key `error` in them would make n8n take it for a failure and run the node again. */
export function successItems(rows: IDataObject[], item: number, preview?: string): INodeExecutionData[] {
	return rows.map((row) => {
		const { error, ...json } = { ...row, ...withoutGaps({ preview }) };
		return { json: error === undefined ? json : { ...json, apiError: error }, pairedItem: { item } };
	});
}

/** The output item of a failure. On the error output n8n adds the input's fields itself; in the main output we do. */
export function failureItem(
	context: IExecuteFunctions,
	operation: Operation,
	failure: Failure,
	item: number,
): INodeExecutionData {
	const toErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const { code, field, httpStatus } = failure;
	const details = withoutGaps({
		code,
		field,
		hint: hint(operation, failure),
		httpStatus,
		outcome: outcomeWord(operation, failure),
	});
	const json = {
		error: sentence(operation, failure),
		message: hint(operation, failure),
		...(KNOWS_DETAILS || !toErrorOutput ? { details } : {}),
	};
	const input = context.getInputData()[item].json;
	return { json: toErrorOutput ? json : { ...input, ...json }, pairedItem: { item } };
}

/** The output item of a row whose message went out before, or with another row of this run. */
export function skippedItem({ item, request }: Job, reason: string): INodeExecutionData {
	return { json: { skipped: true, reason, phone: request.body?.phone as string }, pairedItem: { item } };
}

/** The output item of a row that was only checked: the request as it would go out. */
export function dryRunItem({ item, request, preview }: Job): INodeExecutionData {
	const { method, path, query, body } = request;
	const shown = withoutGaps({ method, path, query, body });
	return {
		json: { dryRun: true, ...withoutGaps({ phone: body?.phone, preview }), request: shown },
		pairedItem: { item },
	};
}

/** One row for a sheet, with the same columns whatever became of the item. */
export function reportItem(
	context: IExecuteFunctions,
	operation: Operation,
	outcome: Outcome,
	item: number,
	job?: Job,
): INodeExecutionData {
	const row = 'rows' in outcome ? outcome.rows[0] : {};
	const failure = 'failure' in outcome ? outcome.failure : undefined;
	return {
		json: {
			sent: failure && isUnknown(operation, failure) ? 'unknown' : 'rows' in outcome,
			...('skipped' in outcome ? { skipped: true } : {}),
			phone: job?.request.body?.phone ?? given(context, 'phone', item),
			caseID: row.caseID ?? job?.request.body?.caseID ?? given(context, 'caseId', item),
			trxID: row.trxID ?? '',
			errorCode: failure?.code ?? '',
			errorMessage: failure ? sentence(operation, failure) : '',
			errorField: failure?.field ?? '',
			hint: failure ? hint(operation, failure) : 'skipped' in outcome ? outcome.skipped : '',
			...withoutGaps({ preview: job?.preview }),
		},
		pairedItem: { item },
	};
}

/** What the user gave for a parameter of a row that did not pass the check; nothing where it cannot be worked out. */
function given(context: IExecuteFunctions, parameter: string, item: number): string {
	try {
		return String(context.getNodeParameter(parameter, item, '') ?? '');
	} catch {
		return '';
	}
}

/** The error that stops the node: the first failed row in the message, what to do and what became of the rest below. */
export function stopError(
	context: IExecuteFunctions,
	operation: Operation,
	outcomes: Array<Outcome | undefined>,
): NodeApiError | NodeOperationError {
	const failures = outcomes.flatMap((outcome, item) =>
		outcome && 'failure' in outcome ? [{ item, failure: outcome.failure }] : [],
	);
	const [{ item: itemIndex, failure }] = failures;
	const row = outcomes.length > 1 ? `Row ${itemIndex + 1}: ` : '';
	const message = row + sentence(operation, failure);
	const description = [hint(operation, failure), tally(operation, outcomes, failures)]
		.filter(Boolean)
		.join(' ');
	if (failure.kind === 'invalid')
		return new NodeOperationError(context.getNode(), message, { description, itemIndex });
	// HTTP 200 beside a failure would only confuse.
	const httpCode = (failure.httpStatus ?? 200) === 200 ? undefined : String(failure.httpStatus);
	return new NodeApiError(context.getNode(), { message }, { message, description, httpCode, itemIndex });
}

/** What happened, with the parameter's label and OneTalk's code. */
function sentence(operation: Operation, failure: Failure): string {
	const { kind, field } = failure;
	const label = field === undefined || kind === 'invalid' ? undefined : (labelOf(operation, field) ?? field);
	const what = withCode(failure, ...(label === undefined ? [] : [`parameter "${label}"`]));
	return isUnknown(operation, failure) ? `May have been sent: ${what}` : what;
}

function hint(operation: Operation, failure: Failure): string {
	if (!isUnknown(operation, failure)) return failure.hint;
	const look =
		'Look in OneTalk whether the message is there before you send it again. n8n does not send it again by itself.';
	// An answer without a code is not OneTalk's: then there is something to mend as well.
	return failure.code === undefined || failure.lasting ? `${look} ${failure.hint}`.trim() : look;
}

/** Whether nobody knows if the message went out. A call that may be repeated has no such outcome. */
function isUnknown({ repeatable }: Operation, { kind }: Failure): boolean {
	return !repeatable && kind === 'broken';
}

function outcomeWord(operation: Operation, failure: Failure): string | undefined {
	return isUnknown(operation, failure) ? 'unknown' : undefined;
}

function tally(
	operation: Operation,
	outcomes: Array<Outcome | undefined>,
	failures: Array<{ item: number; failure: Failure }>,
): string {
	if (outcomes.length === 1) return '';
	const rowsOf = (some: typeof failures) => list(some.map(({ item }) => item + 1));
	if (failures[0].failure.kind === 'invalid') {
		const others = failures.length > 1 ? ` Rows to correct: ${rowsOf(failures)}.` : '';
		return `Nothing was ${operation.done}.${others}`;
	}
	const unknown = failures.filter(({ failure }) => isUnknown(operation, failure));
	const failed = failures.filter((one) => !unknown.includes(one));
	const done = outcomes.filter((outcome) => outcome && 'rows' in outcome).length;
	const skipped = outcomes.filter((outcome) => outcome && 'skipped' in outcome).length;
	const untried = outcomes.filter((outcome) => outcome === undefined).length;
	const parts = [
		`${done} ${operation.done}`,
		failed.length > 0 ? `${failed.length} failed (row ${rowsOf(failed)})` : '',
		unknown.length > 0 ? `${unknown.length} may have been sent (row ${rowsOf(unknown)})` : '',
		skipped > 0 ? `${skipped} skipped` : '',
		`${untried} not tried`,
	];
	return `${parts.filter(Boolean).join(', ')}.`;
}

function list(rows: number[]): string {
	const shown = rows.slice(0, 10).join(', ');
	return rows.length > 10 ? `${shown} and ${rows.length - 10} more` : shown;
}

function withoutGaps(object: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
