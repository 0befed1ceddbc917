/** `npm run pictures`: runs the end-to-end tests that make the pictures of docs/, and writes them there. */

process.env.WRITE_DOCS_PICTURES = '1';
process.argv.splice(2, Infinity, 'assistant.e2e', 'editor.e2e', 'template.e2e', 'workflows.e2e');
void import('./run.cts');
