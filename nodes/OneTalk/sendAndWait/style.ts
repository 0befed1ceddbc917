/** The style of the page where a person answers. The page's policy names its hash, so no other style applies. */

export const STYLE = `
:root{color-scheme:light dark;--page:#f1f3f6;--card:#fff;--text:#1b2330;--soft:#5a6576;--line:#8a94a4;--main:#0b6b4f;--on:#fff}
@media(prefers-color-scheme:dark){:root{--page:#11161d;--card:#1b222c;--text:#eef1f5;--soft:#aab4c2;--line:#6b7686;--main:#5fd3a8;--on:#08251b}}
*{box-sizing:border-box}
body{margin:0;padding:16px;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:30rem;margin:0 auto;padding:24px 20px;border-radius:14px;background:var(--card);overflow-wrap:anywhere}
h1{margin:0 0 12px;font-size:1.35rem;line-height:1.3}
p{margin:0 0 20px}
p:last-child{margin:0}
.message{padding:12px 14px;border-radius:10px;background:var(--page);white-space:pre-wrap}
label{display:block;margin-bottom:6px;color:var(--soft);font-size:.95rem}
textarea{display:block;width:100%;margin-bottom:16px;padding:10px 12px;border:1px solid var(--line);border-radius:10px;background:var(--card);color:inherit;font:inherit;resize:vertical}
button{display:block;width:100%;min-height:48px;margin-top:12px;padding:10px 16px;border:1px solid var(--line);border-radius:10px;background:none;color:inherit;font:inherit;font-weight:600;overflow-wrap:anywhere;cursor:pointer}
.primary{border-color:var(--main);background:var(--main);color:var(--on)}
:focus-visible{outline:3px solid var(--main);outline-offset:2px}
`;
