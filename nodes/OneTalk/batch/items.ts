/** Output items and errors: what the user sees of each row. */

import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Failure } from '../api/types';
import type { Operation, Subject } from '../operations/operation';
import { failureHint, failureMessage, isUnknown, tally } from './failureText';
import type { Job, Outcome } from './outcome';
import type { Plan } from './plan';
import { requestText } from './requestText';
import { stuckKeysSentence, type StuckRows } from './stuckKeys';
import { isTool, repeatedItem, toolFailure } from './tool';

/** Turns plans and outcomes of one operation into items and errors. */
export interface Reporter {
	/** The output items of one row; none for a row that was not tried. */
	itemsOf(plan: Plan, outcome: Outcome | undefined, item: number): INodeExecutionData[];
	/**
	 * The error that stops the node: the first failed row in the message, what to do and the count of all rows below.
	 *
	 * @param stuck rows that were not sent, but whose keys stay taken
	 */
	stopError(outcomes: Array<Outcome | undefined>, stuck?: StuckRows): NodeApiError | NodeOperationError;
}

/** @param failureRows whether every row gives one item with the same columns */
export function createReporter(
	context: IExecuteFunctions,
	operation: Operation,
	failureRows: boolean,
): Reporter {
	const asTool = isTool(context);
	const toErrorOutput = context.getNode().onError === 'continueErrorOutput';

	/**
	 * A failed row. On the error output n8n adds the input's fields by itself, and takes an item for a failure only if it has no
	 * keys but the ones it knows: `error` and `message` in every release, `details` in the newest ones only.
	 */
	const failureItem = (failure: Failure, item: number): INodeExecutionData => {
		const json = { error: failureMessage(operation, failure), message: failureHint(operation, failure) };
		if (asTool)
			return {
				json: toolFailure(json.error, json.message, isUnknown(operation, failure)),
				pairedItem: { item },
			};
		if (toErrorOutput) return { json, pairedItem: { item } };
		const { code, field, httpStatus } = failure;
		const details = withoutGaps({
			code,
			field,
			hint: json.message,
			httpStatus,
			outcome: isUnknown(operation, failure) ? 'unknown' : undefined,
		});
		const input = context.getInputData()[item].json;
		return { json: { ...input, ...json, details }, pairedItem: { item } };
	};

	/** One row for a sheet, with the same columns whatever became of the item. */
	const reportItem = (outcome: Outcome, item: number, job?: Job): INodeExecutionData => {
		const row = outcome.status === 'done' ? outcome.rows[0] : {};
		const failure = outcome.status === 'failed' ? outcome.failure : undefined;
		const subject = job ? operation.subject(job.request, row) : {};
		return {
			json: {
				sent: failure && isUnknown(operation, failure) ? 'unknown' : outcome.status === 'done',
				...(outcome.status === 'skipped' ? { skipped: true } : {}),
				...subjectColumns(subject, item),
				trxID: row.trxID ?? '',
				errorCode: failure?.code ?? '',
				errorMessage: failure ? failureMessage(operation, failure) : '',
				errorField: failure?.field ?? '',
				hint: failure ? failureHint(operation, failure) : outcome.status === 'skipped' ? outcome.reason : '',
				...withoutGaps({ preview: job?.preview, redirectedFrom: job?.request.redirectedFrom }),
			},
			pairedItem: { item },
		};
	};

	/** Whom the row is about: as sent, or as given. */
	const subjectColumns = (subject: Subject, item: number): IDataObject => {
		const columns = { phone: 'phone', caseID: 'caseId', ...operation.reportColumns };
		return Object.fromEntries(
			Object.entries(columns).map(([column, parameter]) => [
				column,
				subject[column as keyof Subject] ?? parameterText(parameter, item),
			]),
		);
	};

	/** What the user gave for a parameter of a row that did not pass the check; nothing where its expression fails. */
	const parameterText = (parameter: string, item: number): string => {
		try {
			return String(context.getNodeParameter(parameter, item, '') ?? '');
		} catch {
			return '';
		}
	};

	return {
		itemsOf(plan, outcome, item) {
			if (plan.status === 'shown') return [dryRunItem(operation, plan.job)];
			if (outcome === undefined) return [];
			const job = plan.status === 'ready' ? plan.job : undefined;
			if (failureRows) return [reportItem(outcome, item, job)];
			if (outcome.status === 'done') {
				const items = successItems(outcome.rows, item, job?.preview);
				return outcome.repeated ? items.map(repeatedItem) : items;
			}
			if (outcome.status === 'failed') return [failureItem(outcome.failure, item)];
			return job ? [skippedItem(operation, job, outcome.reason)] : [];
		},
		stopError(outcomes, stuck) {
			const failures = outcomes.flatMap((outcome, item) =>
				outcome?.status === 'failed' ? [{ row: rowName(context, item), failure: outcome.failure }] : [],
			);
			const [{ row, failure }] = failures;
			const note =
				stuck &&
				stuckKeysSentence(
					stuck.items.map((item) => rowName(context, item)),
					stuck.reason,
				);
			const message = (outcomes.length > 1 ? `Row ${row}: ` : '') + failureMessage(operation, failure);
			const description = [failureHint(operation, failure), tally(operation, outcomes, failures), note]
				.filter(Boolean)
				.join(' ');
			// Without an item index: n8n's editor would put its own count, which begins with 0, behind the message.
			if (failure.kind === 'invalid')
				return new NodeOperationError(context.getNode(), message, { description });
			// HTTP 200 beside a failure would only confuse.
			const httpCode = (failure.httpStatus ?? 200) === 200 ? undefined : String(failure.httpStatus);
			return new NodeApiError(context.getNode(), { message }, { message, description, httpCode });
		},
	};
}

/** What the user calls a row: its number in the sheet, where n8n's Google Sheets node has read it, else its place in the input. */
function rowName(context: IExecuteFunctions, item: number): string {
	const number = context.getInputData()[item]?.json.row_number;
	return String(Number.isSafeInteger(number) && Number(number) > 0 ? number : item + 1);
}

/** A success; a key `error` in its item would make n8n take it for a failure and run the node again. */
function successItems(rows: IDataObject[], item: number, preview?: string): INodeExecutionData[] {
	return rows.map((row) => {
		const { error, ...json } = { ...row, ...withoutGaps({ preview }) };
		return { json: error === undefined ? json : { ...json, apiError: error }, pairedItem: { item } };
	});
}

/** A row whose message was sent before, or with another row of this run. */
function skippedItem(operation: Operation, { item, request }: Job, reason: string): INodeExecutionData {
	return { json: { skipped: true, reason, ...operation.subject(request) }, pairedItem: { item } };
}

/** A row that was only checked: the request as it would go out. */
function dryRunItem(operation: Operation, { item, request, preview }: Job): INodeExecutionData {
	const { method, path, body, redirectedFrom } = request;
	const { phone } = operation.subject(request);
	return {
		json: {
			...withoutGaps({ preview }),
			dryRun: true,
			...withoutGaps({ phone, redirectedFrom }),
			requestText: requestText(request),
			request: withoutGaps({ method, path, body }),
		},
		pairedItem: { item },
	};
}

function withoutGaps(object: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
