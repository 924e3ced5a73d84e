// A certified OpenID Connect provider for the tests. Arguments: the app's address, and the people as JSON: by what they
// sign in with, the claims that the provider has of them. It prints its own address once it answers.
import { createServer } from "node:http";
import Provider, { interactionPolicy } from "oidc-provider";

const [app, people] = [process.argv[2], JSON.parse(process.argv[3])];
const policy = interactionPolicy.base();
const select = new interactionPolicy.Prompt({ name: "select_account", requestable: true });
select.checks.clear(); // Streamlit asks for a choice of accounts. Here is one at a time.
policy.add(select, 0);
const server = createServer();
server.listen(0, "127.0.0.1", () => {
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const provider = new Provider(issuer, {
        clients: [{
            client_id: "lige-adgang",
            client_secret: "only for tests",
            redirect_uris: [`${app}/oauth2callback`],
            post_logout_redirect_uris: [`${app}/oauth2callback`],
        }],
        claims: { openid: ["sub", "roles"], email: ["email", "email_verified"], profile: ["name"] },
        conformIdTokenClaims: false, // Claims stand in the ID token, where Streamlit looks for them.
        cookies: { keys: ["only for tests"] },
        interactions: { policy },
        findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
        loadExistingGrant: async ({ oidc }) => { // Nobody is asked whether the app may know who they are.
            const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
            grant.addOIDCScope("openid email profile");
            await grant.save();
            return grant;
        },
    });
    server.on("request", provider.callback());
    console.log(`provider: ${issuer}`);
});
