/**
 * The shapes that several files share. All times are Unix milliseconds of the simulator's clock, 0 means never.
 *
 * @typedef {{ id: string, fullName: string, alias: string, email: string, phone: string, agentRemark: string,
 *   createdTime: number, updatedTime: number }} Contact
 *
 * @typedef {{ email: string, fullName: string }} Agent
 *
 * @typedef {object} Case as the documented list of cases shows it
 * @property {string} id
 * @property {Contact} contact
 * @property {Agent} agent
 * @property {string} firstMessage
 * @property {boolean} isClosed
 * @property {boolean} isJunk
 * @property {string} agentRemark
 * @property {number} createdTime
 * @property {number} updatedTime
 *
 * @typedef {Partial<Omit<Case, 'contact' | 'agent'>> & { contact?: Partial<Contact>, agent?: Partial<Agent> }} NewCase
 *
 * @typedef {Partial<Pick<Case, 'isClosed' | 'isJunk' | 'agentRemark'>>
 *   & { agent?: Partial<Agent>, contact?: Partial<Contact> }} CaseChange
 *
 * @typedef {{ name: string, value: string }} TemplateParameter
 *
 * @typedef {object} Message a message that was accepted ("added to queue")
 * @property {string} trxID
 * @property {string} caseID empty if it was sent without a case
 * @property {string} channelID
 * @property {string} phone
 * @property {'text' | 'image' | 'file' | 'template'} kind
 * @property {boolean} withCase
 * @property {number} [topicID]
 * @property {string} [body] the text, or the URL of the image or file
 * @property {string} [filename]
 * @property {string} [caption]
 * @property {string} [phoneNumberID]
 * @property {string} [templateName]
 * @property {string} [languageCode]
 * @property {Record<string, TemplateParameter[]>} [parameters] always the groups header, body, footer, buttons
 * @property {number} at
 *
 * @typedef {{ status: number, error: { code?: string, message?: string, field?: string },
 *   data: Record<string, unknown> }} Envelope
 *
 * @typedef {object} LogEntry one request to the API, without its key
 * @property {number} at
 * @property {string} method
 * @property {string} path
 * @property {Record<string, unknown>} query
 * @property {unknown} body
 * @property {number | null} httpStatus null while there is no answer, and if there never was one
 * @property {number | null} bodyStatus `status` of the envelope; null if the answer held none
 * @property {string} code `error.code` of the envelope
 * @property {string | null} fault kind of the fault that changed the answer
 * @property {number | null} ms how long the answer took
 *
 * @typedef {object} World everything the simulator holds; each part is in the file of its name
 * @property {string} apiKey
 * @property {string} noTierKey
 * @property {import('./settings.cts').Settings} settings
 * @property {import('./clock.cts').Clock} clock
 * @property {import('./random.cts').Random} random
 * @property {import('./cases.cts').CaseStore} cases
 * @property {import('./messages.cts').MessageStore} messages
 * @property {import('./templates.cts').TemplateStore} templates
 * @property {import('../api/integration/faults.cts').FaultList} faults
 * @property {import('./requestLog.cts').RequestLog} log
 * @property {import('./events.cts').Events} events
 * @property {{ now: number, max: number }} inFlight API requests in progress, and the largest number so far
 * @property {AbortSignal} stopped
 */

export {};
