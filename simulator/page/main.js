/** Starts the page: builds its forms, then shows the state that the simulator sends after every change. */

import { listenForNewCases, showCases } from './cases.js';
import { buildConnections, showConnections } from './connect.js';
import { buildControls, showControls } from './controls.js';
import { showDeliveries } from './deliveries.js';
import { byId } from './dom.js';
import { showPhones } from './phones.js';
import { listenForTabs } from './tabs.js';
import { listenForTemplates, showTemplates } from './templates.js';

listenForTabs();
listenForNewCases();
listenForTemplates();
await Promise.all([buildControls(), buildConnections()]);

const live = byId('live');
const events = new EventSource('/_simulator/events');
events.addEventListener('open', () => {
	live.textContent = 'Live';
	live.className = 'live on';
});
events.addEventListener('error', () => {
	live.textContent = 'Not connected';
	live.className = 'live';
});
events.addEventListener('message', ({ data }) => {
	const state = JSON.parse(data);
	showPhones(state);
	showTemplates(state);
	showCases(state);
	showControls(state);
	showConnections(state);
	showDeliveries(state);
});
