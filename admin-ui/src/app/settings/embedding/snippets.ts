/** What goes into the host's page. `gateway` is our address. */
export const pageSnippet = (gateway: string): string =>
  `<script type="module" src="${gateway}/embed/v1/chat.js"></script>
<gatehouse-chat gateway="${gateway}"></gatehouse-chat>
<script type="module">
  document.querySelector('gatehouse-chat').getToken = async () => {
    const answer = await fetch('/my/chat-token', { method: 'POST' });
    return (await answer.json()).token;
  };
</script>`;

/** What the host's server does at /my/chat-token. */
export const serverSnippet = (gateway: string, origin: string): string =>
  `curl -sS -X POST ${gateway}/api/embed/sessions \\
  -H "Authorization: Bearer $GATEHOUSE_APP_SECRET" \\
  -H "Content-Type: application/json" \\
  -d '{"user":{"email":"person@example.com"},"origin":"${origin}"}'`;
