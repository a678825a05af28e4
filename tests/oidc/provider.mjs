// A real OpenID Connect provider for the tests. Two tenants listen, each with its own issuer, keys and people; whoever
// comes is let in as the subject that is written. Prints the two issuers as one line of JSON when both listen.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const CALLBACK = process.argv[2]; // the beginning of where people may be sent back to: http://localhost:8081

const tenants = ["jyvaskyla", "luhanka"];
const listening = await Promise.all(tenants.map(open));
console.log(JSON.stringify(Object.fromEntries(listening)));

function open(tenant) {
  return new Promise((resolve) => {
    let answer = (_request, response) => response.writeHead(503).end();
    const server = createServer((request, response) => answer(request, response));
    server.listen(0, "127.0.0.1", () => {
      const issuer = `http://localhost:${server.address().port}`;
      answer = application(tenant, issuer);
      resolve([tenant, issuer]);
    });
  });
}

function application(tenant, issuer) {
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "yhdyspinta",
      client_secret: "a-secret-of-the-tests",
      redirect_uris: [`${CALLBACK}/kirjaudu/oidc/${tenant}/paluu/`],
    }],
    pkce: { required: () => true, methods: ["S256"] },
    cookies: { keys: ["only for tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/come/${interaction.uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: `Person ${sub}`, email: "ulkopuolinen@example.org", email_verified: true }),
    }),
  });
  const standard = provider.callback();
  return async (request, response) => {
    const path = new URL(request.url, issuer).pathname;
    if (!path.startsWith("/come/")) return standard(request, response);
    try {
      await interact(provider, request, response);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  };
}

// Asks who comes, then grants what the client asks for: everyone here consents.
async function interact(provider, request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    if (request.method !== "POST") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      return response.end('<!doctype html><title>Sign in</title><form method="post"><input name="sub" aria-label="Subject"><button>Come in</button> <button name="cancel" value="1">Cancel</button></form>');
    }
    const form = new URLSearchParams(await text(request));
    const result = form.get("cancel") ? { error: "access_denied" } : { login: { accountId: form.get("sub") } };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

async function text(request) {
  let found = "";
  for await (const part of request) found += part;
  return found;
}
