package io.github.keycloaknylas.testkit.signin;

import io.github.keycloaknylas.testkit.http.Parameters;
import io.github.keycloaknylas.testkit.server.TestRealm;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** An application sends a browser to sign in (authorization code flow). Immutable: each method returns a new one. */
public final class SignIn {

    private final TestRealm realm;
    private final UserAgent browser;
    private final Map<String, String> parameters;

    private SignIn(TestRealm realm, UserAgent browser, Map<String, String> parameters) {
        this.realm = realm;
        this.browser = browser;
        this.parameters = parameters;
    }

    /** Begins a sign-in at the realm's own client, in a fresh browser. */
    public static SignIn to(TestRealm realm) {
        return new SignIn(realm, new UserAgent(), Map.of("scope", "openid"));
    }

    public SignIn in(UserAgent other) {
        return new SignIn(realm, other, parameters);
    }

    /** Sends the browser straight to this identity provider ({@code kc_idp_hint}). */
    public SignIn through(String alias) {
        return with("kc_idp_hint", alias);
    }

    public SignIn prompt(String prompt) {
        return with("prompt", prompt);
    }

    /** Adds an action that the application requests ({@code kc_action}). */
    public SignIn action(String action) {
        return with("kc_action", action);
    }

    public SignIn scope(String scope) {
        return with("scope", scope);
    }

    /** Adds a parameter to the authorization request; it takes precedence over the parameters that this class sets. */
    public SignIn with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new SignIn(realm, browser, more);
    }

    /** Opens the first page, in a tab of its own. */
    public Attempt open() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", realm.client().id());
        query.put("redirect_uri", realm.client().redirect().toString());
        query.put("response_type", "code");
        query.put("state", UUID.randomUUID().toString());
        query.put("nonce", UUID.randomUUID().toString());
        query.putAll(parameters);
        URI address = URI.create(realm.url() + "/protocol/openid-connect/auth?" + new Parameters(query).encoded());
        return new Attempt(new TokenEndpoint(realm), browser.open(address));
    }
}
