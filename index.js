module.exports = {
	...require('./dist/credentials/OneTalkApi.credentials.js'),
	...require('./dist/credentials/OneTalkChatbotApi.credentials.js'),
	...require('./dist/nodes/OneTalk/OneTalk.node.js'),
	...require('./dist/nodes/OneTalk/OneTalkTrigger.node.js'),
	...require('./dist/nodes/OneTalk/OneTalkWebhookTrigger.node.js'),
	...require('./dist/nodes/OneTalk/OneTalkChatbotTrigger.node.js'),
};
